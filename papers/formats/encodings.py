"""Bytes → text: which encoding a file is in, and whether that was damaged on its way.

Nothing is guessed where a file says it (a byte order mark), and UTF-8 is believed wherever the
bytes allow it: other encodings hardly ever look like it by chance.
"""

import re
from typing import NamedTuple

from papers.formats.mojibake import PLAUSIBLE, mend
from papers.records import Problem

#: The largest file that is read unless the caller says otherwise, in bytes.
LIMIT = 50_000_000
_SAMPLE = 200_000

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_ZIPPED = (
    (b"xl/", "an Excel workbook"),
    (b"word/", "a Word document"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"opendocument", "an OpenDocument file"),
    (b"epub", "an e-book"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_RUNS = re.compile(rb"[\x80-\xff]+")
_UTF8_SEQUENCES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# Pairs of GB 2312: punctuation and the 3,755 most common characters, and all of it.
_COMMON_PAIRS = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
_PAIRS = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
# ğ ş ı İ Ş Ğ as windows-1254 has them. Icelandic, which has other letters there, has á æ í too.
_TURKISH = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")
_ICELANDIC = re.compile(rb"[\xc1\xc6\xcd\xd3\xe1\xe6\xed\xf3]")


class Decoded(NamedTuple):
    """The text, with line feeds only; the encoding that the file is in, "" where it cannot be
    read; what there is to say about it, or None."""

    text: str
    encoding: str
    problem: Problem | None


def decode(data, limit=LIMIT):
    """Decoded, of the bytes of a file. Raises nothing."""
    if len(data) > limit:
        size = f"{len(data) / 1e6:.1f} MB; at most {limit / 1e6:.1f} MB are read"
        return _refuse(f"The file is too large: it has {size}.")
    if binary := _binary(data):
        return _refuse(f"The file is {binary}, not text. Save its text as a file of its own.")
    text, encoding, problem = _decode(data)
    if not encoding:
        return Decoded(text, encoding, problem)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    nuls = text.count("\0")
    if len(_CONTROLS.findall(text)) > max(8, len(text) // 20):
        return _refuse("The file is not text: it is full of control characters.")
    if nuls:
        text = text.replace("\0", "")
        problem = problem or _doubt(f"NUL characters were left out: {nuls}.")
    if problem is None:
        text, said = mend(text)
        problem = _doubt(said) if said else None
    return Decoded(text, encoding, problem)


def _refuse(reason):
    return Decoded("", "", Problem(reason=reason))


def _doubt(reason, line=None):
    return Problem(reason=reason, line=line, lost=False)


def _binary(data):
    """What the file is, in words, where it is no text."""
    for start, name in _SIGNATURES:
        if data.startswith(start):
            return name
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        # The names of what is in it stand in its directory, at the end, and at each part.
        inside = data[:_SAMPLE] + data[-_SAMPLE:]
        return next((name for part, name in _ZIPPED if part in inside), "a ZIP archive")
    return ""


def _decode(data):
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in(encoding, data[len(mark) :])
    if encoding := _unmarked_utf16(data):
        return _in(encoding, data)
    try:
        return data.decode("utf-8"), "utf-8", None
    except UnicodeDecodeError as error:
        if _is_broken_utf8(data):
            return _broken(data, "utf-8", error)
    return _in(_single_or_chinese(data), data)


def _in(encoding, data):
    if encoding == "unknown":
        reason = "The file's encoding is not known; letters beyond ASCII may be wrong."
        return data.decode("latin-1"), "latin-1", _doubt(reason)
    try:
        return data.decode(encoding), encoding, None
    except UnicodeDecodeError as error:
        return _broken(data, encoding, error)


def _broken(data, encoding, error):
    """As much as can be read, each byte or group of bytes that cannot as U+FFFD."""
    line = data.count(b"\n", 0, error.start) + 1
    # Half a pair of UTF-16, written as if it were a character: one sign, not three.
    surrogate = rb"\xed[\xa0-\xbf][\x80-\xbf]"
    mended = re.sub(surrogate, b"\xff", data) if encoding == "utf-8" else data
    text = mended.decode(encoding, "replace")
    count = text.count("\ufffd")
    places = f"{count} place{'s' * (count != 1)}"
    return (
        text,
        encoding,
        _doubt(
            f"The file is damaged: in {places}, the first in line {line}, there are bytes that are "
            f"no {encoding.upper()}. They are shown as \ufffd.",
            line,
        ),
    )


def _unmarked_utf16(data):
    """Evident from its line ends, spaces and ASCII letters: a zero in every second byte. Zeros
    between bytes that are UTF-8 without them are strays."""
    sample = data[:_SAMPLE]
    zeros = {"utf-16-be": sample[::2].count(0), "utf-16-le": sample[1::2].count(0)}
    total = sum(zeros.values())
    if not total or (total * 4 < len(sample) and _is_utf8(sample)):
        return ""
    for encoding in sorted(zeros, key=zeros.get, reverse=True):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        sound = len(PLAUSIBLE.findall(text)) + len(re.findall(r"[\t\n\r -~]", text))
        if zeros[encoding] and sound >= 0.9 * len(text):
            return encoding
    return ""


def _is_utf8(sample):
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(sample) - 3  # A sample may end within a character.
    return True


def _is_broken_utf8(data):
    """Whether far more of it is UTF-8 than is not."""
    rest, whole = _UTF8_SEQUENCES.subn(b"", data)
    return whole >= 4 * len(re.findall(rb"[\x80-\xff]", rest))


def _single_or_chinese(data):
    runs = _RUNS.findall(data)
    high = sum(map(len, runs))
    if _is_gb18030(data, runs, high):
        return "gb18030"
    long_runs = sum(len(run) for run in runs if len(run) >= 4)
    if long_runs * 2 > high or re.search(rb"[\x81\x8d\x8f\x90\x9d]", data):
        return "unknown"
    if _TURKISH.search(data) and not _ICELANDIC.search(data):
        return "cp1254"
    return "cp1252" if re.search(rb"[\x80-\x9f]", data) else "latin-1"


def _is_gb18030(data, runs, high):
    """In Chinese nearly every character is a pair of two high bytes, mostly common ones, and
    they stand together; in Latin-1 a high byte stands alone among ASCII letters."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as error:
        # Cut off within its last character.
        if error.start < len(data) - 4:
            return False
    pairs = sum(len(_PAIRS.findall(run)) for run in runs)
    common = sum(len(_COMMON_PAIRS.findall(run)) for run in runs)
    return 2 * pairs >= 0.9 * high and common >= 0.6 * pairs and high >= 3 * len(runs)
