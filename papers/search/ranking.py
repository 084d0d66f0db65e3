"""The order of the best: by the words of titles, which readers remember."""

from papers.models import Paper
from papers.rows import where
from papers.search.language import AND_MORE
from papers.search.tokens import in_a_row, pieces

#: So many of the best are put in order anew.
RANKED = 50
#: And of those whose titles have the words just as they were typed, so many.
JUST_SO = 15


def rerank(ids, query, using):
    """These ids, of which the first are in a better order."""
    first = ids[: RANKED + JUST_SO]
    titles = dict(where(Paper, "id", first, "id, title", using))
    typed = {term.text for term in query.wanted}
    sought = {
        token.removesuffix(AND_MORE) for term in query.wanted for way in term.ways for token in way
    }
    least = len(query.wanted) or 1

    def worth(place):
        words = pieces(titles.get(first[place], ""))
        stream = in_a_row(words)
        folded = set(stream)
        common = len(sought & folded)
        exact = len(typed.intersection(words)) / least
        alike = min(common / least, 1)
        covered = common / max(len(folded), 1)
        together = _longest(query.sequence, stream) / max(len(query.sequence), 1)
        return 0.6 * exact + 0.6 * alike + 0.4 * together + 0.15 * covered + 0.5 / (place + 3)

    order = sorted(range(len(first)), key=worth, reverse=True)
    return [first[place] for place in order] + ids[RANKED + JUST_SO :]


def _longest(sequence, stream):
    """How many tokens in a row the two have in common, of more than one."""
    most = sum(token in stream for token in sequence)
    text = f" {' '.join(stream)} "
    for length in range(most, 1, -1):
        for start in range(len(sequence) - length + 1):
            if f" {' '.join(sequence[start : start + length])} " in text:
                return length
    return 0
