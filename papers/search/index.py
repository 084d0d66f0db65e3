"""Keeps the index what the data is: takes in what changes.py says of papers, or all of them."""

from collections import Counter

from django.db import DEFAULT_DB_ALIAS, OperationalError, transaction
from django.utils import timezone

from papers.journal.models import Change
from papers.models import Entry, Paper
from papers.querysets import CHUNK, chunks
from papers.rows import Rows, where
from papers.search import facets
from papers.search.documents import Sections, read
from papers.search.engines import engine
from papers.search.models import Document, Facet, Word

#: So many papers are a list that comes in as a whole.
MANY = 2000
#: A command takes so many in at once: the words they share are counted together. Whoever changes
#: the list meanwhile waits for no more than these.
PIECE = 5000
#: So many papers are taken in before a search; more wait for the next one or for a command.
AT_A_SEARCH = 1000


def waiting(using=DEFAULT_DB_ALIAS):
    """How many papers and sections the log names that the index has not taken in."""
    log = Change.objects.using(using)
    if not any(log.names()):
        return 0
    papers = log.filter(paper_id__isnull=False).values("paper_id").distinct().count()
    return papers + log.filter(section_id__isnull=False).values("section_id").distinct().count()


def flush(using=DEFAULT_DB_ALIAS, *, most=None, told=lambda count: None):
    """Takes in the papers that the log names; returns how many still wait.

    most: about how many papers at most. told: is called with the number of each piece done.
    Each piece is a transaction of its own: what is done stays done.
    """
    index = engine(using)
    anew = most is None and waiting(using) > MANY and _begin_anew(index, using)
    size = PIECE if most is None else CHUNK
    done, taken = 0, size
    while taken == size and any(named := Change.objects.using(using).names()):
        if most is not None and done >= most:
            return waiting(using)
        taken = _flush_piece(using, size, sections=named[1])
        done += taken
        told(taken)
        if taken == PIECE:
            index.give_way()
    # Also after somebody else who was stopped midway.
    if anew or (done and not index.is_whole()):
        index.create()
        index.optimise()
    return 0


def _begin_anew(index, using):
    """Makes ready for a list that comes in as a whole, if it is the first: what is filled before
    it is indexed takes less time. Returns whether it is."""
    with transaction.atomic(using=using):
        index.alone()
        if Document.objects.using(using).exists():
            return False
        index.clear()
        return True


def flush_some(most, using=DEFAULT_DB_ALIAS):
    """`flush` for who does not depend on it: not where the database is busy or read only."""
    try:
        return flush(using, most=most)
    except OperationalError:
        return waiting(using)


def _flush_piece(using, size, *, sections):
    """sections: whether the log names any."""
    log = Change.objects.using(using)
    with transaction.atomic(using=using):
        engine(using).alone()
        if sections:
            _name_latecomers(log, using)
        waiting = log.filter(paper_id__isnull=False).order_by("paper_id").distinct()
        papers = list(waiting.values_list("paper_id", flat=True)[:size])
        counts = _Counts(using)
        for part in chunks(papers):
            # Only these: a line may come to be seen later that stands before them.
            lines = list(where(Change, "paper_id", part, "id, transactions", using))
            _replace(part, counts, using)
            _strike(log, lines)
        counts.write()
    return len(papers)


def _name_latecomers(log, using):
    """Has the log name the papers that came to a section while it was changed: who changed it
    could not see them, nor who put them there what it became."""
    lines = list(
        log.filter(section_id__isnull=False).values_list("pk", "transactions", "section_id")
    )
    named = log.filter(paper_id__isnull=False).values_list("paper_id", flat=True)
    rows = Rows(Change, "paper_id", using=using, at=timezone.now())
    for paper in _standing_in({section for *_, section in lines}, using).difference(named):
        rows.add(paper)
    rows.insert()
    _strike(log, [line[:2] for line in lines])


def _standing_in(sections, using):
    """The ids of the papers that stand in these sections."""
    parts = Entry._base_manager.using(using).among("section", sections)
    return set().union(*(part.touched_papers() for part in parts))


def _strike(log, lines):
    """Takes these lines off the queue. Those that count a transaction stay."""
    done = [pk for pk, transactions in lines if not transactions]
    counting = [pk for pk, transactions in lines if transactions]
    for part in chunks(done):
        log.filter(pk__in=part).delete()
    for part in chunks(counting):
        log.filter(pk__in=part).update(paper_id=None, section_id=None)


def _replace(papers, counts, using):
    """Puts the documents of these papers, as they are now, in place of the known ones."""
    index = engine(using)
    others = "(SELECT tokens FROM search_facetset s WHERE s.id = facets_id)"
    ids = [sign * paper for paper in papers for sign in (1, -1)]
    before = {
        pk: f"{tokens} {tags or ''}"
        for pk, tokens, tags in where(Document, "id", ids, f"id, {others}, tags", using)
    }
    heads = index.heads([pk for pk in before if pk > 0]) if before else {}
    documents = list(read(papers, Sections(using), using))
    index.delete(list(before))
    index.insert(documents)
    for pk, tokens in before.items():
        counts.take(pk, tokens.split(), heads.get(pk, ()), -1)
    for document in documents:
        counts.take(document.id, document.facets, document.head, 1)
        counts.name(document)


class _Counts:
    """By how much the counts of facets and words change."""

    def __init__(self, using):
        self.using = using
        self.public, self.hidden, self.words = Counter(), Counter(), Counter()
        self.venues = {}

    def take(self, pk, tokens, words, by):
        side = self.public if pk > 0 else self.hidden
        for token in tokens:
            side[token] += by
        if pk > 0:
            for word in words:
                if is_word(word):
                    self.words[word] += by

    def name(self, document):
        if document.venue:
            self.venues[facets.venue(document.venue)] = document.venue

    def write(self):
        tokens = {
            token for side in (self.public, self.hidden) for token, count in side.items() if count
        }
        self._add(
            Facet,
            ["token", "kind", "label", "public", "hidden"],
            [
                (t, facets.kind(t), self.venues.get(t, ""), self.public[t], self.hidden[t])
                for t in sorted(tokens)
            ],
        )
        self._add(Word, ["word", "documents"], sorted((w, n) for w, n in self.words.items() if n))

    def agree(self):
        """Whether these, taken of all documents, are the counts that the tables have."""
        rows = Facet.objects.using(self.using).values_list("token", "public", "hidden")
        known = {token: (public, hidden) for token, public, hidden in rows}
        tokens = {*self.public, *self.hidden}
        words = dict(Word.objects.using(self.using).values_list("word", "documents"))
        return words == self.words and known == {
            token: (self.public[token], self.hidden[token]) for token in tokens
        }

    def _add(self, model, columns, rows):
        """Adds these numbers to those in the rows of these keys, and drops rows that are all 0."""
        if not rows:
            return
        table, (key, *others) = model._meta.db_table, columns
        numbers = [name for name in others if name not in {"kind", "label"}]
        sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in numbers)
        index = engine(self.using)
        index.write(model, columns, rows, f"ON CONFLICT ({key}) DO UPDATE SET {sums}")
        less = [row[0] for row in rows if min(row[-len(numbers) :]) < 0]
        empty = model.objects.using(self.using).filter(**{f"{name}__lte": 0 for name in numbers})
        for part in chunks(less):
            empty.filter(pk__in=part).delete()


def is_word(token):
    """Whether a token is a word that others may be misspellings of."""
    return len(token) > 3 and token.isascii() and token.isalpha()


def rebuild(using=DEFAULT_DB_ALIAS, told=lambda count: None):
    """Makes the index anew; what still waits is taken in as well. Takes what `flush` takes.

    Until it is done, searches find only what is in it again, and say so.
    """
    index = engine(using)
    with transaction.atomic(using=using):
        index.alone()
        lines = Rows(Change, "paper_id", using=using, at=timezone.now())
        for pk in Paper._base_manager.using(using).order_by("pk").values_list("pk", flat=True):
            lines.add(pk)
        lines.insert()
        # Last, because nobody can search meanwhile.
        index.clear()
    flush(using, told=told)
    index.create()


def differences(using=DEFAULT_DB_ALIAS, told=lambda count: None):
    """What the index has otherwise than the data: (the paper's id, a word for how) pairs.

    How: missing, superfluous, different. Papers that wait to be taken in are passed over. Where
    the counts do not add up, the id is None.
    """
    index, sections = engine(using), Sections(using)
    log = Change.objects.using(using)
    waiting = set(log.filter(paper_id__isnull=False).values_list("paper_id", flat=True))
    sections_waiting = log.filter(section_id__isnull=False).values_list("section_id", flat=True)
    waiting |= _standing_in(set(sections_waiting), using)
    papers = Paper._base_manager.using(using).order_by("pk").values_list("pk", flat=True)
    counts = _Counts(using)
    known = set(Document.objects.using(using).values_list("pk", flat=True))
    for part in chunks(papers):
        documents = list(read(part, sections, using))
        rows = Document.objects.using(using).select_related("facets")
        rows = rows.in_bulk([document.id for document in documents])
        unlike = index.unlike(documents)
        for document in documents:
            row = rows.get(document.id)
            counts.take(document.id, document.facets, document.head, 1)
            if abs(document.id) in waiting:
                continue
            if not row:
                yield abs(document.id), "missing"
            elif document.id in unlike or not _is_like(row, document):
                yield abs(document.id), "different"
        known -= {document.id for document in documents}
        told(len(part))
    for pk in sorted(known, key=abs):
        if abs(pk) not in waiting:
            yield abs(pk), "superfluous"
    if not (known or waiting or counts.agree()):
        yield None, "counts"


def _is_like(row, document):
    tags, others = facets.apart(document.facets)
    return (row.year, row.listed_at, row.facets.tokens, row.tags) == (
        document.year,
        document.listed_at,
        " ".join(others),
        " ".join(tags) or None,
    )
