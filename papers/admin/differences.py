"""What changed between two versions, in a person's words."""

import re
from difflib import SequenceMatcher

from django.db import models
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from papers.admin.languages import label, originals

# Words, runs of spaces, single signs; a Chinese character is a word of its own.
_TOKEN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W\u2e80-\u9fff\uf900-\ufaff]+|\s+|[^\w\s]")
#: Unchanged text around a change is shown up to this many words on either side.
_CONTEXT = 8
#: Beyond this, words are not compared one by one: it takes too long.
_LONG = 20_000


def describe(model, delta):
    """The changes of a simple_history delta, in the model's order: dicts of `field`, `html`."""
    changes = {change.field: change for change in delta.changes}
    mirrors = originals(model)
    return [
        {"field": label(field), "html": compare(text(field, change.old), text(field, change.new))}
        for field in model._meta.concrete_fields
        if field.name not in mirrors and (change := changes.get(field.name))
    ]


def text(field, value):
    """A field's value as a person reads it; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, (models.DateField, models.DateTimeField)):
        return formats.localize(value)
    return str(value)


def compare(old, new):
    """Both texts in one, as HTML: what went is <del>, what came is <ins>."""
    if not old or not new or len(old) + len(new) > _LONG:
        return _joined([("del", old), ("ins", new)])
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    if kept < 0.4 * min(len(before), len(after)):
        return _joined([("del", old), ("", " "), ("ins", new)])
    steps = matcher.get_opcodes()
    parts = []
    for number, (kind, i, j, k, m) in enumerate(steps):
        if kind == "equal":
            first, last = number == 0, number == len(steps) - 1
            parts.append(("", _shortened(before[i:j], first=first, last=last)))
        else:
            parts += [("del", "".join(before[i:j])), ("ins", "".join(after[k:m]))]
    return _joined(parts)


def _shortened(words, *, first, last):
    """Unchanged words, but only those near a change."""
    head = 0 if first else _CONTEXT
    tail = 0 if last else _CONTEXT
    if len(words) <= head + tail + 2:
        return "".join(words)
    return "".join(words[:head]) + " … " + "".join(words[len(words) - tail :])


def _joined(parts):
    """Pairs of an element's name, or "", and its text, as HTML."""
    marks = {"del": "<del>{}</del>", "ins": "<ins>{}</ins>", "": "{}"}
    pieces = (format_html(marks[mark], words) for mark, words in parts if words)
    return format_html_join("", "{}", ((piece,) for piece in pieces))
