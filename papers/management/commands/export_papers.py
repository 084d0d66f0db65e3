"""Takes the list out, whole or a section of it, in any format that can be written."""

import os
import sys
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from papers.dump import items
from papers.formats import FORMATS

WRITTEN = [name for name, module in FORMATS.items() if hasattr(module, "write")]


class Command(BaseCommand):
    help = "Writes the list, or a section of it with all below, to a file or standard output."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=WRITTEN, default="jsonl")
        parser.add_argument(
            "--section", default="", metavar="SLUG", help="only this section and all below it"
        )
        parser.add_argument(
            "--output", metavar="FILE", help="standard output where it is not given"
        )
        parser.add_argument(
            "--language", default="en", help="of titles where there are several (default: en)"
        )
        parser.add_argument(
            "--everything", action="store_true", help="drafts and what is not public as well"
        )

    def handle(self, *, format, section, output, language, everything, **options):  # noqa: A002
        stream = items(section=section, everything=everything, language=language)
        try:
            with _opened(output) as file:
                file.writelines(FORMATS[format].write(stream, language))
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        except BrokenPipeError:
            # Whoever reads has seen enough. Nothing more can be said to them, not at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}.", returncode=2) from error


@contextmanager
def _opened(output):
    """The file, replaced only once all of it is written; else standard output."""
    if not output:
        yield sys.stdout
        return
    draft = Path(f"{output}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
