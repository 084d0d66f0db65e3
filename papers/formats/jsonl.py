"""JSON Lines: one object a line, everything a list holds, for machines.

An object's `type` is list, section or paper; its other members are the fields of ListRecord,
SectionRecord or Record, those that are empty left out. Notes, links, relations and placements
are objects of their own within it. See docs/formats.md.
"""

import dataclasses
import json
import types
import typing
from datetime import date
from functools import cache

from papers import records
from papers.records import ListRecord, Problem, Record, SectionRecord

TYPES = {"list": ListRecord, "section": SectionRecord, "paper": Record}
NAMES = {record: name for name, record in TYPES.items()}
#: Where in a source a record begins says nothing of the paper.
NOT_WRITTEN = {"line"}


def read(text):
    """The items of a JSON Lines text; a line that cannot be one is a Problem with its number.

    text: a str, or for a long one its lines, such as an open file.
    """
    for number, line in enumerate(text.split("\n") if isinstance(text, str) else text, 1):
        if line.strip():
            yield _read_line(line, number)


def write(items, language="en"):
    """A line an item. Problems are no part of a list and left out."""
    for item in items:
        if type(item) in NAMES:
            members = {"type": NAMES[type(item)], **_plain(item)}
            yield json.dumps(members, ensure_ascii=False, separators=(",", ":")) + "\n"


def _read_line(line, number):
    try:
        members = json.loads(line)
        if not isinstance(members, dict):
            raise _MismatchError("a line must be an object, { … }")
        name = members.pop("type", None)
        record = TYPES.get(name) if isinstance(name, str) else None
        if record is None:
            raise _MismatchError(f"“type” must be one of {', '.join(TYPES)}")
        item = _build(record, members, "")
    except (_MismatchError, ValueError, RecursionError) as error:
        return Problem(reason=f"No JSON line of a list: {error}.", line=number, text=line[:200])
    if not isinstance(item, ListRecord):
        item.line = number
    return item


class _MismatchError(Exception):
    """A value is not of the type that its field has."""


def _plain(item):
    members = {}
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if field.name in NOT_WRITTEN or value == _empty(field):
            continue
        members[field.name] = _plain_value(value)
    return members


def _plain_value(value):
    if dataclasses.is_dataclass(value):
        return _plain(value)
    if isinstance(value, list | tuple):
        return [_plain_value(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _empty(field):
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


@cache
def _readers(record):
    hints = typing.get_type_hints(record, vars(records))
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(record)}


def _build(record, members, path):
    readers = _readers(record)
    values = {}
    for name, value in members.items():
        if name not in readers:
            raise _MismatchError(f"“{path}{name}” is not known")
        values[name] = readers[name](value, f"{path}{name}")
    missing = [
        field.name
        for field in dataclasses.fields(record)
        if field.default is field.default_factory is dataclasses.MISSING
        and field.name not in values
    ]
    if missing:
        raise _MismatchError(f"“{path}{missing[0]}” is missing")
    return record(**values)


def _reader(hint):
    """A function of a value and its path that gives the value as the hint has it, or raises."""
    if dataclasses.is_dataclass(hint):
        return lambda value, path: _build(hint, _check(value, dict, path), f"{path}.")
    if isinstance(hint, types.UnionType):
        inner = _reader(hint.__args__[0])
        return lambda value, path: None if value is None else inner(value, path)
    if hint is date:
        return _read_date
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (list, tuple):
        inner = _reader(arguments[0])
        return lambda value, path: origin(
            inner(each, f"{path}[{place}]") for place, each in enumerate(_check(value, list, path))
        )
    if origin is dict:
        return lambda value, path: {
            name: _check(text, str, f"{path}.{name}")
            for name, text in _check(value, dict, path).items()
        }
    return lambda value, path: _check(value, hint, path)


def _check(value, kind, path):
    # True is an int to Python, but no year.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise _MismatchError(f"“{path}” must be {_WORDS[kind]}")
    return value


_WORDS = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list, [ … ]",
    dict: "an object, { … }",
}


def _read_date(value, path):
    try:
        return date.fromisoformat(_check(value, str, path))
    except ValueError:
        raise _MismatchError(f"“{path}” must be a date such as 2017-06-12") from None
