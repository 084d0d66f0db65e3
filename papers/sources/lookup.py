"""Asks a registry for many identifiers: none twice, one bad one never at the others' cost."""

from dataclasses import dataclass, field

from papers.records import Record
from papers.sources.answers import DAY, Answers
from papers.sources.errors import SourceError

#: Failures in a row after which a registry is left alone. One that is out of reach counts four
#: times; the others are as many as it takes to find one bad identifier in a hundred.
GIVE_UP = 8
OUT_OF_REACH = 4


@dataclass(slots=True, kw_only=True)
class Found:
    """What a registry knows of a paper.

    warnings: sentences that a curator should read, such as that it was withdrawn; comment,
    journal_ref: the authors' own words that no field of the record holds; updated: the day of
    this version, where known.
    """

    record: Record
    warnings: list[str] = field(default_factory=list)
    comment: str = ""
    journal_ref: str = ""
    updated: object = None


class Lookup:
    """One registry, asked in batches.

    ask(batch): a dict from identifier to what the registry said, as JSON has it, and without
    those that it does not know; raises SourceError where the whole batch failed, and may have
    SourceErrors as values. read(identifier, said): the Found in it, or ValueError.
    """

    def __init__(self, name, access, *, ask, read, size):
        self.name = name
        self.ask = ask
        self.read = read
        self.size = size
        self.strikes = 0
        self.cache = access.cache
        if self.cache is None:
            self.cache = Answers(access.folder / "answers.sqlite3", access.clock)

    def fetch(self, identifiers):
        """Pairs of identifier and Found or SourceError: one for each, what is known first.

        identifiers: each once, in the spelling that `ask` takes.
        """
        waiting = []
        for identifier in identifiers:
            said = self.cache.get(self._key(identifier))
            if said is None:
                waiting.append(identifier)
            else:
                yield identifier, self._result(identifier, said)
        batches = [waiting[i : i + self.size] for i in range(0, len(waiting), self.size)]
        batches.reverse()
        while batches:
            batch = batches.pop()
            try:
                said = self._ask(batch)
            except SourceError as error:
                if not error.unavailable and len(batch) > 1 and self.strikes < GIVE_UP:
                    half = len(batch) // 2
                    batches += [batch[half:], batch[:half]]
                else:
                    yield from ((identifier, error.of(identifier)) for identifier in batch)
            else:
                yield from self._keep(batch, said)

    def close(self):
        if isinstance(self.cache, Answers):
            self.cache.close()

    def _ask(self, batch):
        if self.strikes >= GIVE_UP:
            raise SourceError(
                f"{self.name} was not asked any more, as it had failed again and again.",
                unavailable=True,
            )
        try:
            said = self.ask(batch)
        except SourceError as error:
            self.strikes += OUT_OF_REACH if error.unavailable else 1
            raise
        self.strikes = 0
        return said

    def _keep(self, batch, said):
        for identifier in batch:
            answer = said.get(identifier, {})
            if isinstance(answer, SourceError):
                yield identifier, answer.of(identifier)
                continue
            self.cache.set(self._key(identifier), answer, DAY)
            yield identifier, self._result(identifier, answer)

    def _result(self, identifier, answer):
        if not answer:
            return SourceError(
                f"{self.name} knows no paper of this identifier.", about=identifier, permanent=True
            )
        try:
            return self.read(identifier, answer)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return SourceError(
                f"{self.name} gave an answer that makes no sense ({error}).", about=identifier
            )

    def _key(self, identifier):
        return f"{self.name}:{identifier}"
