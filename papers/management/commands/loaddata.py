"""Django's loaddata, whose errors are sentences that name the file and the object."""

from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import CommandError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError
from modeltranslation.management.commands import loaddata

from papers.management.indexing import take_in
from papers.serializers import FixtureError, FixtureObject

#: What a fixture's author can cause, in whatever format.
_MISTAKES = (
    DatabaseError,
    DeserializationError,
    EOFError,
    ObjectDoesNotExist,
    OSError,
    ValidationError,
    ValueError,
)


class Command(loaddata.Command):
    help = "Loads fixtures: all of them or, where something is wrong, nothing."

    def loaddata(self, fixture_labels):
        try:
            super().loaddata(fixture_labels)
        except _MISTAKES as error:
            raise CommandError(" ".join(str(error).split())) from error
        take_in(self.stderr, self.using)

    def load_label(self, fixture_label):
        try:
            super().load_label(fixture_label)
            self._save_deferred()
        except FixtureError as error:
            files = {Path(file).name for file, _, _ in self.find_fixtures(fixture_label)}
            raise CommandError(f"{', '.join(sorted(files))}: {error.sentence}") from error

    def _save_deferred(self):
        """Does now for the list's objects what Django does after the last file, so that an
        error can still name the file."""
        deferred = self.objs_with_deferred_fields
        self.objs_with_deferred_fields = [
            obj for obj in deferred if not isinstance(obj, FixtureObject)
        ]
        for obj in deferred:
            if isinstance(obj, FixtureObject):
                obj.save_deferred_fields(using=self.using)
