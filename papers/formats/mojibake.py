"""Text that was UTF-8, was read as a single-byte code page and saved again: "Ã©" for "é".

Where every byte is still there, it is turned back. Where some were lost (a code page has no sign
for a few bytes, and some programs drop those), the characters that are whole are turned back and
each of the others becomes U+FFFD. No letter is made up.
"""

import re
from functools import lru_cache

# For what a code page leaves undefined, browsers and Windows keep the control character.
_CODE_PAGES = ("cp1252", "cp1254", "latin-1")
_TIMES = 3
# So much tells which code page it was, from the first suspicious letters on.
_SAMPLE = 100_000
_SEQUENCES = re.compile(
    r"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(r"[\x80-\xff]")
# Scripts and signs that papers and lists are written in. What lies outside came about by chance:
# “voilà »” with a no-break space would be a letter of Samaritan. U+0080 to U+009F come from
# damage done twice.
PLAUSIBLE = re.compile(
    "[\u0080-\u024f\u0300-\u0451\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf\u2100-\u27ff\u2900-\u2bff"
    "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe00-\ufe4f\ufeff-\uffef\ufffd"
    "\U0001d400-\U0001d7ff\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)


def _table(code_page):
    """From characters to what stands for their byte, as a character below 256."""
    table = {}
    for byte in range(0x80, 0x100):
        sign = bytes([byte]).decode(code_page, "ignore") or chr(byte)
        table[ord(sign)] = chr(byte)
    return table


_TABLES = {code_page: _table(code_page) for code_page in _CODE_PAGES}
_LEADS = "".join(sorted({chr(c) for t in _TABLES.values() for c, b in t.items() if b >= "\xc2"}))
_FOLLOWERS = "".join(sorted({chr(c) for t in _TABLES.values() for c, b in t.items() if b < "\xc0"}))
_SUSPICIOUS = re.compile(f"[{re.escape(_LEADS)}][{re.escape(_FOLLOWERS)}]")


def mend(text):
    """`text` with such damage undone as far as it can be, and a sentence that says so, or the
    same text and ""."""
    mended, said = text, ""
    for _ in range(_TIMES):
        first = _SUSPICIOUS.search(mended)
        if not first:
            break
        code_page, found = _most_telling(mended[max(0, first.start() - 1000) :][:_SAMPLE])
        if not found.is_damage:
            mended, lines = _mend_lines(mended)
            if lines:
                said = (
                    f"The encoding of {lines} line{'s' * (lines != 1)} was damaged (UTF-8 read "
                    f"as another) and has been repaired; nothing was lost."
                )
            break
        mended, lost = _turn_back(mended, code_page)
        said = _sentence(code_page, lost)
        if lost:
            break
    return mended, said


def _sentence(code_page, lost):
    damage = f"The file's encoding was damaged: it is UTF-8 that was read as {code_page}"
    if not lost:
        return f"{damage} and saved again. This has been undone; nothing was lost."
    return (
        f"{damage}, and bytes were lost when it was saved again. What is whole has been "
        f"repaired; {lost} character{'s' * (lost != 1)} cannot be read and are shown as \ufffd. "
        "Look for an undamaged copy."
    )


class _Evidence:
    """How much of a text's single-byte letters are pieces of UTF-8."""

    def __init__(self, text, code_page):
        shifted = text.translate(_TABLES[code_page])
        self.high = len(_HIGH.findall(shifted))
        self.sequences = self.covered = 0
        self.telling = False
        for match in _SEQUENCES.finditer(shifted):
            if _decoded(match[0]):
                self.sequences += 1
                self.covered += len(match[0])
                # Two signs, the first a capital: Ã© for é, Â° for °. Nobody writes these.
                self.telling |= len(match[0]) == 2 and match[0][0] in "\xc2\xc3\xc4\xc5"

    @property
    def is_damage(self):
        enough = self.sequences >= 2 or self.telling
        return enough and self.covered * 2 >= self.high

    @property
    def is_whole(self):
        return self.is_damage and self.covered == self.high


@lru_cache(maxsize=20_000)
def _decoded(sequence):
    """The character that the bytes make, or "" where none makes sense."""
    try:
        sign = sequence.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return sign if PLAUSIBLE.match(sign) else ""


def _most_telling(text):
    found = {code_page: _Evidence(text, code_page) for code_page in _CODE_PAGES}
    best = max(found, key=lambda code_page: found[code_page].covered)
    return best, found[best]


def _turn_back(text, code_page):
    """The text, and how many of its characters were lost."""
    shifted = text.translate(_TABLES[code_page])
    pieces, lost, end = [], 0, 0
    for match in _SEQUENCES.finditer(shifted):
        if sign := _decoded(match[0]):
            rest, gone = _rest(shifted[end : match.start()])
            pieces += [rest, sign]
            lost += gone + (sign == "\ufffd")
            end = match.end()
    rest, gone = _rest(shifted[end:])
    return "".join([*pieces, rest]), lost + gone


def _rest(text):
    """What is no whole character: a lead and the signs after it were one."""
    return re.subn(r"[\xc0-\xff][\x80-\xbf]*|[\x80-\xbf]+", "\ufffd", text)


def _mend_lines(text):
    """The text with those lines turned back that are damaged and whole, in a text that is
    not; and how many they are."""
    lines, count = text.split("\n"), 0
    for place, line in enumerate(lines):
        if _SUSPICIOUS.search(line):
            code_page, found = _most_telling(line)
            if found.is_whole:
                lines[place] = _turn_back(line, code_page)[0]
                count += 1
    return "\n".join(lines), count
