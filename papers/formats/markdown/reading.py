"""Markdown in: a curated list as its maintainer published it, read into records."""

import re
from collections import defaultdict

from papers.collecting import seldom
from papers.formats import values
from papers.records import (
    LinkRecord,
    ListRecord,
    NoteRecord,
    Placement,
    Problem,
    Record,
    SectionRecord,
)

from . import drafts as grades
from . import labels, marks, rereading, titles
from .blocks import HEADING, PARAGRAPH
from .identifying import identifiers
from .sentences import has_letter
from .spans import plain
from .tree import parse
from .walk import Walk

_CJK = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
# Says no more than a short one, and takes its time in every pattern that has blanks in it.
# The first sign is told before the rest is: most are none.
_LONG_BLANK = re.compile(r"[^\S\n](?<![^\S\n].)(?:(?<=\S.)[^\S\n]{29,}+|[^\S\n]{499,}+)", re.DOTALL)


def read(text):
    """The items of a Markdown list: its profile, its sections, its papers."""
    with seldom():
        return list(rereading.read(text, read_any) if rereading.is_ours(text) else read_any(text))


def read_any(text):
    """The items of a list that anybody wrote, of its sections those that hold papers.

    What counts as a paper: an item of a list, a row of a table or a paragraph that begins with a
    title and links to one, or stands among such and looks like them.
    """
    tree = parse(_LONG_BLANK.sub("   ", text))
    walk = Walk()
    walk.blocks(tree.children)
    drafts = _choose(walk.drafts, walk.outline)
    _highlight(drafts)
    _sort_remarks(drafts)
    own = _title_section(walk.outline, drafts)
    yield from _profile(tree, walk.outline, own)
    yield from _records(walk.outline, drafts, own)


def _choose(drafts, outline):
    """The drafts that are papers."""
    groups, sections = defaultdict(list), defaultdict(list)
    for draft in drafts:
        draft.grade = draft.judge()
        groups[draft.group].append(draft)
        sections[draft.section].append(draft)
    whole = _share(drafts)
    companies = {}

    def company_of(draft):
        """A group of its own, or where that is small, its section."""
        of_group = len(groups[draft.group]) > 3
        key = ("group", draft.group) if of_group else ("section", draft.section)
        if key not in companies:
            members = groups[draft.group] if of_group else sections[draft.section]
            companies[key] = _Company(members, whole)
        return companies[key]

    return [
        draft
        for draft in drafts
        if _is_kept(
            draft,
            company_of(draft),
            outline.sections[draft.section] if draft.section is not None else None,
        )
    ]


def _share(drafts):
    """The part of `drafts` that are surely papers."""
    return sum(draft.grade == grades.PAPER for draft in drafts) / max(1, len(drafts))


class _Company:
    """What items stand together: the share of papers, also where the whole list counts as one
    more item, and whether their titles are links."""

    def __init__(self, drafts, whole):
        papers = [draft for draft in drafts if draft.grade == grades.PAPER]
        linked = sum(draft.title_link is not None for draft in papers)
        self.share = len(papers) / len(drafts)
        self.likely = (len(papers) + whole) / (len(drafts) + 1)
        self.linked = linked > 0.5 * len(papers) if papers else None


def _is_kept(draft, company, section):
    if section is not None and section.left_out:
        return False
    grade = draft.grade
    if grade == grades.PAPER and section is not None and section.other and draft.is_vague:
        return False
    if draft.title and not has_letter(draft.title):
        return any(link.url for link in draft.links) and grade == grades.PAPER
    if not draft.title or grade == grades.PAPER:
        return grade == grades.PAPER
    if section is not None and section.other and company.share < 0.5:
        return False
    alike = company.linked is None or (draft.title_link is not None) == company.linked
    if grade == grades.MAYBE:
        return company.likely >= 0.3 and alike
    if grade == grades.BARE:
        return company.share >= 0.6 and len(draft.title.split()) > 2
    # Nothing but code, videos and the like: a paper only where its neighbours are of one shape
    # with it.
    return company.likely >= 0.55 and alike and not _leads_aside(draft.title_link)


def _leads_aside(link):
    return link is not None and link.kind in (labels.VIDEO, labels.SLIDES, labels.OTHER)


def _highlight(drafts):
    columns = any(draft.rated for draft in drafts)
    counts = [draft.counts for draft in drafts]
    verdicts = marks.judge(counts)
    if columns and not any(verdicts):
        verdicts = marks.judge([draft.rated for draft in drafts])
    for draft, verdict in zip(drafts, verdicts, strict=True):
        draft.highlighted = verdict


def _sort_remarks(drafts):
    """What a list says in a bracket behind its entries is the method's name, if it always is one;
    otherwise it is a note."""
    remarks = [remark for draft in drafts for remark in draft.remarks]
    named = sum(titles.is_nickname(remark) for remark in remarks)
    names = named >= 0.7 * len(remarks)
    for draft in drafts:
        for remark in draft.remarks:
            if titles.is_nickname(remark):
                draft.label = draft.label or remark
                if names:
                    continue
            draft.notes.append(remark)
    # A quotation between two entries speaks of the one above only where it often does.
    if sum(bool(draft.quoted) for draft in drafts) > 0.2 * len(drafts):
        for draft in drafts:
            draft.notes += draft.quoted


def _title_section(outline, drafts):
    """The place of the heading that is the document's title, or None."""
    if not outline.sections or outline.sections[0].level != 1:
        return None
    others = any(section.level == 1 for section in outline.sections[1:])
    if others and any(draft.section == 0 for draft in drafts):
        return None
    return 0


def _profile(tree, outline, own):
    if own is None:
        return
    title = outline.sections[own].title
    introduction = []
    headings = 0
    for block in tree.children:
        if block.kind == HEADING:
            headings += 1
            if headings > 1:
                break
        elif headings and block.kind == PARAGRAPH and (text := plain(block.spans)):
            introduction.append(text)
    text = "\n\n".join(introduction)
    yield ListRecord(titles=_by_language(title), introductions=_by_language(text) if text else {})


def _main_language(text):
    """The language of most of a text, of the two that a list may have."""
    if text.isascii():
        return "en"
    chinese = len(_CJK.findall(text))
    if not chinese:
        return "en"
    # A Chinese sign says what takes several Latin letters.
    letters = len(_LETTER.findall(text))
    return "zh-hans" if chinese * 4 > letters - chinese else "en"


def _by_language(text):
    return {_main_language(text): text}


def _records(outline, drafts, own):
    by_section = defaultdict(list)
    wanted = set()
    for draft in drafts:
        by_section[draft.section].append(draft)
        wanted.update(outline.chain(draft.section))
    yield from _papers(by_section[None], ())
    for place, section in enumerate(outline.sections):
        if place not in wanted:
            continue
        path = tuple(
            outline.sections[above].title for above in outline.chain(place) if above != own
        )
        if place != own:
            yield SectionRecord(
                path=path,
                # Of a few words, one that is Chinese decides.
                titles={values.language_of(section.title): section.title},
                notes=[NoteRecord(text=_by_language(note)) for note in section.notes],
                line=section.line,
            )
        yield from _papers(by_section[place], path)


def _papers(drafts, path):
    for draft in drafts:
        record = _record(draft, path)
        # Of a bare link with an identifier, registries know the title.
        if record.title or record.arxiv_id or record.doi or record.openreview_id or record.acl_id:
            yield record
        else:
            text = ", ".join(link.url for link in draft.links)
            yield Problem(reason="A link to a paper without a title.", line=draft.line, text=text)


def _record(draft, path):
    main, others = choose_main(draft)
    urls = [link.url for link in ([main] if main else []) + others if link is main or link.is_paper]
    return Record(
        title=draft.title,
        authors=draft.authors,
        authors_incomplete=draft.others,
        year=draft.year,
        published_on=draft.day,
        venue=draft.venue,
        url=main.url if main else "",
        links=[_link_record(link, draft) for link in others],
        placements=[
            Placement(
                section=path,
                label=draft.label,
                highlighted=draft.highlighted,
                notes=[NoteRecord(text=_by_language(note)) for note in draft.notes],
            )
        ],
        line=draft.line,
        **identifiers(urls, draft.texts),
    )


def _link_record(link, draft):
    label = "" if link is draft.title_link else link.label.strip("[]【】`| ")
    return LinkRecord(url=link.url, kind=_kind(link), label=label)


def choose_main(draft):
    """(the link that leads to the work, the others)."""
    usable = [link for link in draft.links if link.url]
    said = [
        link for link in usable if link.said == labels.PAPER and link.host in ("", labels.PAPER)
    ]
    said += [link for link in usable if link.said == labels.PAPER and link not in said]
    hosted = [link for link in usable if link.is_paper]
    hosted = hosted or [link for link in usable if link.may_be_paper]
    title = draft.title_link if draft.title_link is not None and draft.title_link.url else None
    if title is None:
        hosted = hosted or [link for link in usable if link.kind == ""]
    main = None
    if title is not None and (title.kind in (labels.PAPER, "") or not (said or hosted)):
        main = title
    else:
        main = next(iter(said), None) or next(iter(hosted), None)
    seen = {main.url} if main else set()
    others = []
    for link in usable:
        if link.url not in seen:
            seen.add(link.url)
            others.append(link)
    return main, others


def _kind(link):
    if link.kind in (labels.PAPER, ""):
        if link.url.lower().split("?")[0].endswith(".pdf") or "/pdf/" in link.url:
            return "pdf"
        return "html" if labels.normalize(link.label) == "html" else "other"
    return link.kind
