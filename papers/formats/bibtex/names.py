"""Authors: BibTeX's `von Last, Jr, First and others` ⇄ names as the paper gives them."""

import re

from papers.formats.latex import decode, encode

_AND = re.compile(r"(?:\A|(?<=\s))and(?=\s|\Z)", re.IGNORECASE)
_NESTED_AND = re.compile(r"[{}]|(?:\A|(?<=\s))and(?=\s|\Z)", re.IGNORECASE)
_NESTED_COMMA = re.compile(r"[{},]")
_NESTED_SEMICOLON = re.compile(r"[{};；]")
_CHINESE = re.compile(r"[\u3400-\u9fff·]+")
_ET_AL = re.compile(
    r"(?:\A|(?<![\s,;])[\s,;]++)(?:et\.? al\.?|others|等|\.\.\.|…)\Z|(?:\.\.\.|…)\Z",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:Jr|Sr|Jnr|Snr)\.?|I{2,3}|I?V|VI{0,3}", re.IGNORECASE)
# biblatex: given={Jan}, family={Berg}, prefix={van den}
_PART = re.compile(r"\s*(family|given|prefix|suffix)\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_ET_AL_ENDS = ".…等lLsS"
# DBLP tells people of one name apart.
_NUMBER = re.compile(r" 0\d{3}\Z")
_ORDER = ("given", "prefix", "family", "suffix")

_COLLECTIVE = re.compile(
    r"(?:\b(?:AI|Teams?|Groups?|Collaboration|Consortium|Authors|Labs?|Laborator(?:y|ies)|Institutes?"
    r"|University|Research|Projects?|Initiative|Committee|Organi[sz]ation|Foundation|Association"
    r"|Network|Society|Cent(?:er|re)|Contributors|Community|Alliance|Force|Agency|Department"
    r"|Council|Commission|Academy|Company|Inc\.?|Ltd\.?|Corp\.?|LLC|GmbH)|团队|组|实验室|研究院|公司)\Z"
    r"|^(?:The|the)\s|\s(?:for|of|at|on|the|&)\s|^\w+[-.]?[A-Z]\w*\Z"
)


def read(value):
    """The names in an author field and whether it says that there are more."""
    value = " ".join(value.split())
    if "{" not in value and "\\" not in value:
        # All at once is faster than name by name.
        value, ends = _without_others(decode(value))
        names, split, clean = _AND.split(value), _split_comma, str.strip
    else:
        names, ends = _split(value, _NESTED_AND), False
        split, clean = _split_nested_comma, decode
    found, incomplete = [], ends
    for name in names:
        name, more = _without_others(name.strip())
        incomplete = incomplete or more
        turned = (_turn(split(one), clean) for one in _several(name, split))
        found += (_NUMBER.sub("", one) if one[-1].isdigit() else one for one in turned if one)
    return found, incomplete


def write(names, incomplete):
    """The value of an author field. A collective name is braced, so that nobody turns it."""
    written = [_write(name) for name in names if name.strip()]
    return " and ".join([*written, "others"] if incomplete else written)


def _without_others(name):
    if name[-1:] not in _ET_AL_ENDS:
        return name, False
    rest = _ET_AL.sub("", name)
    return (rest, True) if rest != name else (name, False)


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


def _several(name, split):
    """`name`, or the names in it, where somebody wrote a list as people do."""
    if ";" in name or "；" in name:
        named = [part for part in _split(name, _NESTED_SEMICOLON) if part.strip()]
        if len(named) > 1 and all("&" not in part for part in named):
            return named
    if "，" in name or "、" in name:
        return re.split("[，、]", name)
    if "," not in name or "=" in name or (name.isascii() and name.count(",") == 1):
        return [name]
    parts = [part.strip() for part in split(name) if part.strip()]
    if len(parts) > 1 and all(len(p) > 1 and _CHINESE.fullmatch(p) for p in parts):
        return parts
    if len(parts) < 3 or any(_SUFFIX.fullmatch(part) for part in parts):
        return [name]
    if all(" " in part for part in parts):
        return parts
    if len(parts) > 3 and len(parts) % 2 == 0:
        return [f"{last}, {first}" for last, first in zip(parts[::2], parts[1::2], strict=True)]
    return parts if len(parts) > 3 else [name]


def _turn(parts, clean):
    """`Last, First` in the order that the paper has."""
    if "=" in parts[-1]:
        named = {m[1].lower(): m[2] for part in parts if (m := _PART.match(part))}
        if "family" in named:
            return " ".join(filter(None, (clean(named.get(part, "")) for part in _ORDER)))
    parts = [cleaned for part in parts if (cleaned := clean(part))]
    if len(parts) < 2:
        return parts[0] if parts else ""
    if len(parts) == 2:
        if all(map(_CHINESE.fullmatch, parts)):
            return "".join(parts)
        return f"{parts[1]} {parts[0]}"
    last, suffix, first = parts[:3]
    if _SUFFIX.fullmatch(first):
        suffix, first = first, suffix
    return " ".join([first, last, suffix, *parts[3:]])


def _write(name):
    name = " ".join(name.split())
    if "," in name or ";" in name or "=" in name or _AND.search(name) or _without_others(name)[1]:
        return f"{{{encode(name)}}}"
    words = name.split()
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        first, last = _parted(words[:-1])
        return encode(f"{last}, {words[-1]}, {first}")
    if _COLLECTIVE.search(name):
        return f"{{{encode(name)}}}"
    written = encode(name)
    if len(words) > 1 and any(word.startswith("{\\") for word in written.split()):
        # Some programs take a word that begins so for a particle, as they do `von`.
        first, last = _parted(words)
        return encode(f"{last}, {first}")
    return written


def _parted(words):
    """First names, and the last with the particles before it."""
    place = len(words) - 1
    while place > 1 and words[place - 1][0].islower():
        place -= 1
    return " ".join(words[:place]), " ".join(words[place:])
