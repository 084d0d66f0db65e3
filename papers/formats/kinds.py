"""What kind of paper a record is of, where it does not say so itself."""

import re

_CONFERENCE = re.compile(
    r"\b(?:proceedings|proc\.|conference|conf\.|symposium|workshop|advances in neural|meeting of|"
    r"findings of|neurips|nips|icml|iclr|cvpr|iccv|eccv|aaai|ijcai|n?aacl|eacl|acl|emnlp|coling|"
    r"kdd|sigir|interspeech|icassp|icra|iros|corl|colt|aistats|uai|wacv|bmvc|miccai)\b|会议|大会",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|magazine|annals|proceedings of the (?:national academy|"
    r"royal society|vldb endowment|acm on\b|ieee\Z))|学报|杂志",
    re.IGNORECASE,
)
_REPORT = re.compile(r"\b(?:technical report|tech report|report|white paper)\b|报告", re.IGNORECASE)
_THESIS = re.compile(r"\b(?:thesis|dissertation)\b|学位论文", re.IGNORECASE)
_PREPRINT = re.compile(r"\b(?:arxiv|corr|biorxiv|preprint)\b|预印本", re.IGNORECASE)


def kind_of(record):
    """The record's kind, or the likely one."""
    if record.kind:
        return record.kind
    if _THESIS.search(record.venue):
        return "thesis"
    if _REPORT.search(record.venue):
        return "report"
    if _JOURNAL.search(record.venue):
        return "article"
    if _CONFERENCE.search(record.venue):
        return "conference"
    if record.arxiv_id and (not record.venue or _PREPRINT.search(record.venue)):
        return "preprint"
    return "article" if record.venue or record.volume else "other"
