"""Proposes words of the list in place of those that it has not."""

from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from papers.search.models import Word
from papers.search.tokens import fold

#: A word that so many documents have is no misspelling.
COMMON = 4
#: So many words are looked for in place of one.
MOST = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def corrected(terms, count, using):
    """The terms with other words where they are misspelt, and pairs of those and the likeliest.

    count: tells of a term how many documents have it, up to COMMON.
    """
    found, pairs = [], []
    for term in terms:
        word = fold(term.text.lower())
        near = _near(word, using) if _may_be_misspelt(term, word) and count(term) < COMMON else []
        if near:
            pairs.append((term.text, near[0]))
            term = replace(term, ways=(*term.ways[:1], *((other,) for other in near)))
        found.append(term)
    return found, pairs


def _may_be_misspelt(term, word):
    return len(word) > 3 and word.isascii() and word.isalpha() and (word,) in term.ways


def _near(word, using):
    """The words of the list that are one slip away, else two; the commonest first."""
    words = Word.objects.using(using).exclude(word=word)
    slips = words.filter(word__in=_one_slip_away(word))
    near = list(slips.order_by("-documents", "word").values_list("word", flat=True)[:MOST])
    if near or len(word) < 6:
        return near
    alike = words.filter(word__gte=word[:2], word__lt=word[:2] + "{").order_by("-documents", "word")
    found = process.extract(
        word, alike.values_list("word", flat=True), scorer=OSA.distance, score_cutoff=2, limit=MOST
    )
    return [other for other, *_ in found]


def _one_slip_away(word):
    """All that a letter more, less or other, or two letters exchanged, make of a word.

    After Norvig, How to write a spelling corrector (https://norvig.com/spell-correct.html).
    """
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    found = {one + other[1:] for one, other in cuts if other}
    found |= {one + other[1] + other[0] + other[2:] for one, other in cuts if len(other) > 1}
    found |= {one + letter + other[1:] for one, other in cuts if other for letter in _LETTERS}
    found |= {one + letter + other for one, other in cuts for letter in _LETTERS}
    return {fold(other) for other in found} - {word}
