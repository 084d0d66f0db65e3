"""Authors: BibTeX's `von Last, Jr, First and others` ⇄ names as the paper gives them."""

import re

from papers.formats import names
from papers.formats.latex import decode, encode

_AND = re.compile(r"(?:\A|(?<=\s))and(?=\s|\Z)", re.IGNORECASE)
_NESTED_AND = re.compile(r"[{}]|(?:\A|(?<=\s))and(?=\s|\Z)", re.IGNORECASE)
_NESTED_AMPERSAND = re.compile(r"[{}]|(?<=\s)\\?&(?=\s)")
_NESTED_COMMA = re.compile(r"[{},]")
_NESTED_SEMICOLON = re.compile(r"[{};；]")
# biblatex: given={Jan}, family={Berg}, prefix={van den}
_PART = re.compile(r"\s*(family|given|prefix|suffix)\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
# DBLP tells people of one name apart.
_NUMBER = re.compile(r" 0\d{3}\Z")
_ORDER = ("given", "prefix", "family", "suffix")


def read(value):
    """The names in an author field and whether it says that there are more."""
    value = " ".join(value.split())
    if "{" not in value and "\\" not in value:
        # All at once is faster than name by name.
        value, ends = names.without_others(decode(value))
        written, split, clean = _AND.split(value), _split_comma, str.strip
    else:
        written, ends = _split(value, _NESTED_AND), False
        split, clean = _split_nested_comma, decode
    if "&" in value:
        written = [name for text in written for name in _by_ampersands(text)]
    written = _in_prose(written, split)
    found, incomplete = [], ends
    for name in written:
        name, more = names.without_others(name)
        incomplete = incomplete or more
        for one in _several(name, split, len(written) == 1, more or ends):
            turned = _turn(split(one), clean)
            if names.without_others(turned)[0]:
                found.append(_NUMBER.sub("", turned) if turned[-1].isdigit() else turned)
            else:  # {et al.}
                incomplete = incomplete or bool(turned)
    return found, incomplete


def write(authors, incomplete):
    """The value of an author field. A collective name is braced, so that nobody turns it."""
    named = [name for name in authors if name.strip()]
    written = [_write(name) for name in named if names.without_others(name)[0]]
    incomplete = incomplete or len(written) < len(named)
    return " and ".join([*written, "others"] if incomplete else written)


def _split(value, separator):
    """The parts of `value` between separators that are not in braces."""
    parts, depth, start = [], 0, 0
    for found in separator.finditer(value):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(value[start : found.start()])
            start = found.end()
    return [*parts, value[start:]]


def _split_comma(name):
    return name.split(",")


def _split_nested_comma(name):
    return _split(name, _NESTED_COMMA)


def _by_ampersands(text):
    """The names in it, if each is a person's."""
    named = [part.strip() for part in _split(text, _NESTED_AMPERSAND)]
    return named if all(" " in name for name in named) else [text]


def _in_prose(written, split):
    """`Ann Bee, Cy Dee and Eve Foe`, as prose has it, cut at the commas as well."""
    if len(written) != 2 or "," not in written[0] or "," in written[1]:
        return written
    first, last = written[0].strip(), written[1].strip()
    parts = [part for text in split(first) if (part := text.strip())]
    if " " in last and all(" " in part for part in parts) and not first[0].islower():
        return [*parts, last]
    return written


def _several(name, split, alone, cut_off):
    """`name`, or the names in it, where somebody wrote a list as people do.

    alone: whether no “and” says where names end; cut_off: whether “et al.” came after it.
    """
    if ";" in name or "；" in name:
        named = [part for part in _split(name, _NESTED_SEMICOLON) if part.strip()]
        if len(named) > 1 and all("&" not in part for part in named):
            return named
    if "，" in name or "、" in name:
        return re.split("[，、]", name)
    commas = name.count(",")
    if not commas or "=" in name:
        return [name]
    cut_off = cut_off and alone
    if commas == 1 and not cut_off and (not alone or (name.isascii() and name[1:2] != ".")):
        return [name]
    return names.by_commas(split(name), strict=not cut_off)


def _turn(parts, clean):
    """`Last, First` in the order that the paper has."""
    if "=" in parts[-1]:
        named = {m[1].lower(): m[2] for part in parts if (m := _PART.match(part))}
        if "family" in named:
            return " ".join(filter(None, (clean(named.get(part, "")) for part in _ORDER)))
    return names.turn_parts([clean(part) for part in parts])


def _write(name):
    name = " ".join(name.split())
    is_whole = names.is_collective(name) or "=" in name or _AND.search(name)
    if is_whole or names.without_others(name)[1]:
        return f"{{{encode(name)}}}"
    written, parts = encode(name), names.split(name)
    # Some programs take a word that begins with an accent for a particle, as they do `von`.
    if parts.suffix or (parts.given and any(word.startswith("{\\") for word in written.split())):
        last = f"{parts.particle} {parts.family}".strip()
        return encode(", ".join(filter(None, (last, parts.suffix, parts.given))))
    return written
