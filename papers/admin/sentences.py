"""What readers of formats, registries and intake say in English, in the language of the page.

They know nothing of Django, so their sentences are told apart here, by patterns. One that is
not known stays as it is; a test finds those that are missing.
"""

import re
from functools import cache

from django.utils.translation import get_language, gettext, gettext_noop

# The first that fits is taken: those that would fit more stand below.
PATTERNS = [
    # Intake
    gettext_noop("It has no title, and nothing here has its identifier."),
    gettext_noop("It has no title, and neither %(names)s can be asked about it."),
    gettext_noop("There was no time to ask what it is called. Bring it in once more, later."),
    gettext_noop("Its identifiers are those of two papers here, %(keys)s."),
    gettext_noop("Its identifiers are those of two papers, which were named apart before."),
    gettext_noop("It may be each of several papers here that have its title, %(keys)s."),
    gettext_noop("Its DOI is that of arXiv %(there)s, not of %(here)s."),
    gettext_noop("Its link opens arXiv %(there)s, not %(here)s."),
    gettext_noop(
        "The title is here already, with another identifier. One of the two links opens another"
        " paper, or there are two papers of this title."
    ),
    gettext_noop("%(number)s cannot be its year; it was left out."),
    gettext_noop("“%(text)s” is no web address; it was left out."),
    gettext_noop("“%(text)s” is no arXiv identifier; it was left out."),
    gettext_noop("“%(text)s” is no DOI; it was left out."),
    gettext_noop("“%(text)s” is no kind of relation; it was left out."),
    gettext_noop("A note in a language that the list does not have, “%(code)s”, was left out."),
    # Files
    gettext_noop("The file is empty."),
    gettext_noop(
        "The file is too large: over %(most)s MB, only CSV, JSON Lines and lists of identifiers"
        " are read."
    ),
    gettext_noop(
        "The file is damaged: from line %(line)s on there are bytes that are no %(encoding)s. They"
        " are shown as �."
    ),
    gettext_noop("The file is %(what)s, not text. Save its text as a file of its own."),
    gettext_noop("The file is not text: it is full of control characters."),
    gettext_noop("The file is too large: it has %(size)s MB; at most %(most)s MB are read."),
    gettext_noop("NUL characters were left out: %(count)s."),
    gettext_noop("The file's encoding is not known; letters beyond ASCII may be wrong."),
    gettext_noop(
        "The file is damaged: in %(count)s places, the first in line %(line)s, there are bytes"
        " that are no %(encoding)s. They are shown as �."
    ),
    gettext_noop(
        "The file is damaged: in 1 place, the first in line %(line)s, there are bytes that are no"
        " %(encoding)s. They are shown as �."
    ),
    gettext_noop(
        "The file's encoding was damaged: it is UTF-8 that was read as %(code)s and saved again."
        " This has been undone; nothing was lost."
    ),
    gettext_noop(
        "The file's encoding was damaged: it is UTF-8 that was read as %(code)s, and bytes were"
        " lost when it was saved again. What is whole has been repaired; %(count)s characters"
        " cannot be read and are shown as �. Look for an undamaged copy."
    ),
    gettext_noop(
        "The file's encoding was damaged: it is UTF-8 that was read as %(code)s, and bytes were"
        " lost when it was saved again. What is whole has been repaired; 1 character cannot be"
        " read and are shown as �. Look for an undamaged copy."
    ),
    gettext_noop(
        "The encoding of 1 line was damaged (UTF-8 read as another) and has been repaired;"
        " nothing was lost."
    ),
    gettext_noop(
        "The encoding of %(count)s lines was damaged (UTF-8 read as another) and has been"
        " repaired; nothing was lost."
    ),
    gettext_noop("a PDF document"),
    gettext_noop("a PNG picture"),
    gettext_noop("a JPEG picture"),
    gettext_noop("a GIF picture"),
    gettext_noop("an RTF document"),
    gettext_noop("an old Word or Excel document"),
    gettext_noop("a gzip archive"),
    gettext_noop("a bzip2 archive"),
    gettext_noop("an xz archive"),
    gettext_noop("a 7-Zip archive"),
    gettext_noop("a RAR archive"),
    gettext_noop("a ZIP archive"),
    gettext_noop("an SQLite database"),
    gettext_noop("an Excel workbook"),
    gettext_noop("a Word document"),
    gettext_noop("a PowerPoint presentation"),
    gettext_noop("an OpenDocument file"),
    gettext_noop("an e-book"),
    # Formats
    gettext_noop("A link to a paper without a title."),
    gettext_noop("The record has neither title nor address."),
    gettext_noop("The item has neither title nor address."),
    gettext_noop("The row has neither title nor address."),
    gettext_noop("This is no identifier of a paper, and no address."),
    gettext_noop("The DOI cannot be read."),
    gettext_noop("There is no line “TY  - …” before this, with which a record begins."),
    gettext_noop("An item must be an object, { … }."),
    gettext_noop("The text ends before its closing ]; what follows is missing."),
    gettext_noop("This is no JSON: %(said)s."),
    gettext_noop("it is nested too deeply, or a number is too long"),
    gettext_noop("No JSON line of a list: %(said)s."),
    gettext_noop(
        "The first row must name the columns, such as title, authors, year and url, in English or"
        " Chinese."
    ),
    gettext_noop("Columns that are not known were left out: %(columns)s."),
    gettext_noop("A quotation mark in this row is never closed; the row was left out."),
    gettext_noop("Too many quotation marks are never closed; from here on nothing was read."),
    gettext_noop("The row has more cells than there are headings: %(count)s."),
    gettext_noop("The year “%(text)s” cannot be read."),
    gettext_noop("The date “%(text)s” cannot be read as year, month and day."),
    gettext_noop("The status “%(text)s” is not known."),
    gettext_noop("The language “%(text)s” is not known."),
    gettext_noop("The position “%(text)s” is no whole number."),
    gettext_noop("“%(text)s” cannot be a citation key."),
    gettext_noop("What stands above the headings was left out."),
    gettext_noop("The %(name)s is an error of a spreadsheet, %(text)s."),
    gettext_noop(
        "“%(text)s”, in the column %(name)s, was taken for %(value)s: a spreadsheet changed it."
    ),
    gettext_noop("A cell of this row has more than %(count)s characters; the row was left out."),
    gettext_noop(
        "Several columns mean %(name)s: %(columns)s. Of each row, the first that says something"
        " was taken."
    ),
    gettext_noop("The %(name)s identifier “%(text)s” cannot be read."),
    gettext_noop("“%(text)s” is neither yes nor no; taken for no."),
    gettext_noop("“%(text)s” is no link."),
    gettext_noop("it has no title"),
    gettext_noop("it has no key"),
    gettext_noop("its end is missing"),
    gettext_noop("a comma is missing"),
    gettext_noop("a brace closes it too early"),
    gettext_noop("its field “%(name)s” is not well formed"),
    gettext_noop("its key is also that of line %(line)s"),
    gettext_noop("there is no entry “%(name)s” to inherit from"),
    # Registries
    gettext_noop("%(name)s knows no paper of this identifier."),
    gettext_noop("%(name)s says that this paper has been withdrawn: %(said)s"),
    gettext_noop("%(name)s says that this paper has been retracted."),
    gettext_noop("%(name)s says that this preprint was published as %(doi)s."),
    gettext_noop("%(name)s was not asked any more, as it had failed again and again."),
    gettext_noop("%(name)s is being asked by others of this site. Try again later."),
    gettext_noop("%(name)s wants to be left alone for %(seconds)s seconds."),
    gettext_noop("%(what)s and wants to be left alone for %(seconds)s s."),
    gettext_noop("%(name)s has been asked too often"),
    gettext_noop("%(name)s is out of order (%(status)s)"),
    gettext_noop("%(name)s took too long to answer."),
    gettext_noop("%(name)s broke off its answer."),
    gettext_noop("%(name)s cannot be reached: %(cause)s."),
    gettext_noop("%(name)s cannot be asked: %(cause)s."),
    gettext_noop("%(name)s refuses (status %(status)s)."),
    gettext_noop("%(name)s refuses (%(what)s)."),
    gettext_noop("%(name)s refuses us (status %(status)s)."),
    gettext_noop(
        "%(name)s is not asked, as %(file)s, which keeps its pace, cannot be written: %(cause)s."
    ),
    gettext_noop("%(name)s refuses: %(said)s"),
    gettext_noop("%(name)s gave an empty answer."),
    gettext_noop("%(name)s gave an answer %(what)s."),
    gettext_noop("%(name)s leads from one address to the next without end."),
    gettext_noop("%(name)s answered with something else (%(what)s)."),
    gettext_noop("%(name)s answered in a packing that was not asked for (%(what)s)."),
    gettext_noop("%(name)s: port %(port)s of %(host)s is never asked."),
    gettext_noop("%(name)s: %(address)s is no address on the web."),
    gettext_noop("its certificate cannot be trusted"),
    gettext_noop("no connection"),
    gettext_noop("This is no arXiv identifier."),
    gettext_noop("This is no DOI."),
    gettext_noop("This DOI is arXiv's: ask there."),
    gettext_noop("Only addresses on the web are asked."),
    gettext_noop("The name %(host)s cannot be found on the network."),
    gettext_noop(
        "%(host)s stands for %(address)s, which is not on the public internet and is never asked."
    ),
]
_HOLE = re.compile(r"%\((\w+)\)s")
#: What a sentence is about, such as an identifier, stands before it.
_ABOUT = re.compile(r"([^\s:]\S*): (.+)", re.DOTALL)


def translate(sentence):
    """The sentence in the active language."""
    if not sentence or (get_language() or "en").startswith("en"):
        return sentence
    return _told(sentence) or sentence


def is_known(sentence):
    """Whether it would be translated, whole or in its parts."""
    return bool(_told(sentence))


def _told(sentence):
    return _with_subject(sentence) or _known(sentence) or _of_clauses(sentence)


def _known(sentence):
    for said in (sentence, sentence.rstrip("."), sentence[:1].lower() + sentence[1:].rstrip(".")):
        for template, pattern in _patterns():
            if match := pattern.fullmatch(said):
                values = {name: _known(text) or text for name, text in match.groupdict().items()}
                return gettext(template) % values
    return ""


def _with_subject(sentence):
    match = _ABOUT.fullmatch(sentence)
    said = _known(match[2]) if match else ""
    return said and gettext("%(about)s: %(said)s") % {"about": match[1], "said": said}


def _of_clauses(sentence):
    parts = [_known(part) for part in sentence.split("; ")]
    return gettext("; ").join(parts) if len(parts) > 1 and all(parts) else ""


@cache
def _patterns():
    return [(template, _pattern(template)) for template in PATTERNS]


def _pattern(template):
    pieces = _HOLE.split(template)
    parts = [
        f"(?P<{piece}>.+?)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces)
    ]
    return re.compile("".join(parts), re.DOTALL)
