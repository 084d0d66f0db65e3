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
            yield _read_line(line.rstrip("\n"), number)


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
        item = _reader(record)(members)
    except (_MismatchError, ValueError, RecursionError) as error:
        return Problem(reason=f"No JSON line of a list: {error}.", line=number, text=line[:200])
    if not isinstance(item, ListRecord):
        item.line = number
    return item


class _MismatchError(Exception):
    """A value is not of the type that its field has. `path` leads from the line to the value."""

    def __init__(self, problem, path=""):
        super().__init__(problem)
        self.path = path

    def __str__(self):
        return f"“{self.path.lstrip('.')}” {self.args[0]}" if self.path else self.args[0]

    def below(self, step):
        """The same, seen from one step further out."""
        return _MismatchError(self.args[0], step + self.path)


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


# What reads a value gives it as its field's type hint has it, or raises _MismatchError. It is made
# once for each hint.


@cache
def _reader(hint):
    if dataclasses.is_dataclass(hint):
        return _reader_of_objects(hint)
    if isinstance(hint, types.UnionType):
        inner = _reader(hint.__args__[0])
        return lambda value: None if value is None else inner(value)
    if hint is date:
        return _read_date
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (list, tuple):
        return _reader_of_lists(origin, arguments[0])
    if origin is dict:
        return _read_texts
    return lambda value: _check(value, hint)


def _reader_of_objects(record):
    hints = typing.get_type_hints(record, vars(records))
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(record)}
    required = [
        field.name
        for field in dataclasses.fields(record)
        if field.default is field.default_factory is dataclasses.MISSING
    ]
    # Most values need no reading, as they are of the very type that their field has.
    kinds = {name: hint for name, hint in hints.items() if hint in (str, int, bool)}

    def read(members):
        for name, value in _check(members, dict).items():
            if type(value) is kinds.get(name):
                continue
            if name not in readers:
                raise _MismatchError("is not known", f".{name}")
            try:
                members[name] = readers[name](value)
            except _MismatchError as error:
                raise error.below(f".{name}") from None
        for name in required:
            if name not in members:
                raise _MismatchError("is missing", f".{name}")
        return record(**members)

    return read


def _reader_of_lists(kind, hint):
    inner = _reader(hint)

    def read(value):
        if hint is str and set(map(type, _check(value, list))) == {str}:
            return value if kind is list else tuple(value)
        values = []
        _check(value, list)
        try:
            for each in value:
                values.append(inner(each))  # noqa: PERF401, its length says where one is wrong
        except _MismatchError as error:
            raise error.below(f"[{len(values)}]") from None
        return values if kind is list else tuple(values)

    return read


def _read_texts(value):
    for name, text in _check(value, dict).items():
        if type(text) is not str:
            raise _MismatchError(f"must be {_WORDS[str]}", f".{name}")
    return value


def _check(value, kind):
    # By its very type: True is an int to Python, but no year.
    if type(value) is not kind:
        raise _MismatchError(f"must be {_WORDS[kind]}")
    return value


_WORDS = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list, [ … ]",
    dict: "an object, { … }",
}


def _read_date(value):
    try:
        return date.fromisoformat(_check(value, str))
    except ValueError:
        raise _MismatchError("must be a date such as 2017-06-12") from None
