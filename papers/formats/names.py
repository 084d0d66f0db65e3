"""People's names: “First Last”, as a Record has them ⇄ their parts, as RIS and CSL want them."""

import re
from typing import NamedTuple

_SUFFIX = re.compile(r"(?i:jr|sr|jnr|snr)\.?|I{2,3}|I?V|VI{0,3}")
# What stands before a surname and is written small: van der, de la, al-.
_PARTICLE = re.compile(
    r"(?:v[ao]n|de[rnlms]?|d[aiou]s?|l[aeo]s?|del|della|dello|te[rn]?|zu[mr]?|af|av|bin|ibn|el|al|'t|y)",
)
_COLLECTIVE = re.compile(
    r"(?:\b(?:AI|Teams?|Groups?|Collaboration|Consortium|Authors|Labs?|Laborator(?:y|ies)|Institutes?"
    r"|University|Research|Projects?|Initiative|Committee|Organi[sz]ation|Foundation|Association"
    r"|Network|Society|Cent(?:er|re)|Contributors|Community|Alliance|Force|Agency|Department"
    r"|Council|Commission|Academy|Company|Inc\.?|Ltd\.?|Corp\.?|LLC|GmbH)|团队|组|实验室|研究院|公司)\Z"
    r"|^[Tt]he\s|\s(?:for|of|at|on|the|and|&)\s|[0-9;,()/]|^\w+[-.]?[A-Z]\w*\Z"
)
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3·•]+")
_COMPOUND = {
    *("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒"),
    *("夏侯", "端木", "独孤", "南宫", "长孙", "宇文", "轩辕", "歐陽", "司馬", "諸葛"),
}
_ET_AL = re.compile(
    r"(?:(?:(?<![\s,;，；])[\s,;，；]++)?+"
    r"(?:\bet\.?\s?al\.?|\b(?:and\s)?others|等人?\.?|\.\.\.|…)){1,9}+\Z",
    re.IGNORECASE,
)
_ET_AL_ENDS = tuple(".…等人lLsS")
_INITIAL = re.compile(r"[^\W\d_]\.")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]?){1,4}")


class Name(NamedTuple):
    """The parts of a person's name. A collective one, or one that is not to be taken apart, is
    all `family`, and `whole`."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    whole: bool = False


def split(name):
    """The Name that `join` gives back as it was, spaces between words apart."""
    words = name.split()
    whole = Name(" ".join(words), whole=True)
    if len(words) < 2 or _COLLECTIVE.search(whole.family) or _HAN.search(whole.family):
        return whole
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and _PARTICLE.fullmatch(words[start - 1]):
        start -= 1
    particle = " ".join(words[start:-1])
    return Name(words[-1], " ".join(words[:start]), particle, suffix)


def join(name):
    """“First Last”; Chinese, Japanese and Korean names the other way round, in one word."""
    if not name.family.isascii() and name.given and _HAN.fullmatch(name.family + name.given):
        return name.family + name.given
    if not (name.particle or name.suffix):
        return f"{name.given} {name.family}".strip()
    return " ".join(filter(None, (name.given, name.particle.strip(), name.family, name.suffix)))


def turn(text):
    """`Last, First` or `Last, First, Jr.` in the order that the paper has; a comma at the end
    says that the name before it is not to be turned, as in EndNote."""
    return turn_parts([" ".join(part.split()) for part in text.split(",")])


def turn_parts(parts):
    """The same of a name that is cut at its commas."""
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts[0] if parts else ""
    last, first, *suffix = parts
    if suffix and _SUFFIX.fullmatch(first):
        first, suffix[0] = suffix[0], first
    elif " " in last and len(first) > 1 and _SUFFIX.fullmatch(first):
        return f"{last} {first}"
    if not suffix:
        return join(Name(last, first))
    return " ".join([first, last, *suffix])


def is_collective(name):
    """Whether it names no person, or is at least not to be taken apart."""
    return _COLLECTIVE.search(name) is not None


def several(text):
    """The names in a text in which somebody listed some, and whether it says there are more.

    Between names stand semicolons, line ends, Chinese commas, the word “and” or, where that can
    only be a list, commas.
    """
    text, more = without_others(text)
    if re.search(r"[;；\n、，]", text):
        names = re.split(r"[;；\n、，]", text)
    elif re.search(r"\s(?:and|&)\s", text):
        text = re.sub(r",?(?<!\s)\s++(?:and|&)\s+", "\n", text)
        names = [name for part in text.split("\n") for name in by_commas(part.split(","))]
    else:
        names = by_commas(text.split(","))
    found = []
    for name in names:
        name, ends = without_others(name)
        more = more or ends
        name = turn(name)
        if any(map(str.isalnum, name)):
            found.append(name)
    return found, more


def without_others(text):
    """`text` without “et al.” at its end, and whether that stood there."""
    text = text.strip()
    if not text.endswith(_ET_AL_ENDS):
        return text, False
    rest = _ET_AL.sub("", text)
    return rest, rest != text


def by_commas(parts, *, strict=False):
    """The names that texts between commas are: each one, each two, or all together.

    strict: as in BibTeX, where `Dee Bee, Ann` is the one name Ann Dee Bee, and nobody is named by
    surname alone.
    """
    parts = [part for text in parts if (part := text.strip())]
    if len(parts) < 2:
        return parts
    if all(map(_HAN.fullmatch, parts)):
        is_one = len(parts) == 2 and (len(parts[0]) == 1 or parts[0] in _COMPOUND)
        return ["".join(parts)] if is_one else parts
    are_whole = all(" " in part for part in parts)
    if are_whole and (not strict or len(parts) > 2 or _INITIAL.match(parts[0])):
        return parts
    if len(parts) > 2 + strict and not any(map(_SUFFIX.fullmatch, parts)):
        if len(parts) % 2 == 0 and (strict or all(map(_INITIALS.fullmatch, parts[1::2]))):
            return [f"{last}, {first}" for last, first in zip(parts[::2], parts[1::2], strict=True)]
        return parts
    return [", ".join(parts)]
