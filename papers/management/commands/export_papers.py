"""Takes the list out, whole or a section of it, in any format that can be written."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from papers.dump import count, items
from papers.formats import FORMATS
from papers.management.output import close_pipe, replaced
from papers.management.progress import Progress
from papers.records import Record

WRITTEN = [name for name, module in FORMATS.items() if hasattr(module, "write")]


class Command(BaseCommand):
    help = (
        "Writes the list, or a section of it with all below, to a file or standard output. Exit"
        " status: 0 done, 1 whoever read did not read on, 2 nothing was written."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=WRITTEN, default="jsonl")
        parser.add_argument(
            "--section", default="", metavar="SLUG", help="only this section and all below it"
        )
        parser.add_argument(
            "--output", metavar="FILE", help="standard output where it is not given"
        )
        parser.add_argument(
            "--language",
            choices=[code for code, _ in settings.LANGUAGES],
            default="en",
            help="of titles and notes where there are several (default: en)",
        )
        parser.add_argument(
            "--everything", action="store_true", help="drafts and what is not public as well"
        )

    def handle(self, *, format, section, output, language, everything, **options):  # noqa: A002
        try:
            total = count(section=section, everything=everything)
            stream = items(section=section, everything=everything, language=language)
            # A bar would stand among the lines of a list that goes to the same terminal.
            hidden = not output and sys.stdout.isatty()
            bar = Progress(self.stderr, "Writing", total, hidden=hidden)
            with bar, replaced(output) as file:
                file = file or sys.stdout
                file.writelines(FORMATS[format].write(_counted(stream, bar), language))
                file.flush()
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        except BrokenPipeError:
            close_pipe()
            sys.exit(1)
        except OSError as error:
            name = error.filename or "Standard output"
            if not output:
                close_pipe()
            raise CommandError(f"{name}: {error.strerror}.", returncode=2) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped before all was written.", returncode=130) from None
        if output:
            self.stdout.write(f"Papers written to {output}: {bar.done:,}.")
            if not total and not everything:
                self.stdout.write("None is public; --everything takes drafts, too.")


def _counted(stream, bar):
    for item in stream:
        yield item
        bar.reach(bar.done + isinstance(item, Record))
