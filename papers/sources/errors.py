"""The one error of all sources."""


class SourceError(Exception):
    """Why a source told nothing: a sentence for a person, which names the source.

    about: the identifier that was asked for, once it is known; permanent: whether asking again
    later would end the same way; unavailable: whether the source as a whole is out of reach, so
    that other identifiers would fare no better now; retry_after: seconds to wait, where known.
    """

    def __init__(self, sentence, *, about="", permanent=False, unavailable=False, retry_after=None):
        super().__init__(f"{about}: {sentence}" if about else sentence)
        self.sentence = sentence
        self.about = about
        self.permanent = permanent
        self.unavailable = unavailable
        self.retry_after = retry_after

    def of(self, identifier):
        """The same error as that of one identifier."""
        return type(self)(
            self.sentence,
            about=identifier,
            permanent=self.permanent,
            unavailable=self.unavailable,
            retry_after=self.retry_after,
        )
