"""One command from an empty machine to a site in the browser.

Every step leaves alone what is there already, so the command may be run again and again.
"""

import argparse
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import Error, connection, connections
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import override

from papers.management.server import FIRST_PORT, Server, is_loopback, listen, origin
from papers.models import Paper, Section

FIXTURE = "ai_papers"
CURATOR = "curator"
#: Without the signs that are mistaken for one another.
LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = (
        "Makes what a site needs (database, first list, a curator's account, static files) where "
        "it is missing, and serves the site. Run again, it keeps what is there."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--port",
            type=_port,
            help=f"where to listen; without it the first free port from {FIRST_PORT} on",
        )
        parser.add_argument(
            "--host",
            default="127.0.0.1",
            metavar="ADDRESS",
            help="the address to listen at (default: %(default)s, for this machine only)",
        )
        parser.add_argument(
            "--no-serve", action="store_true", help="make everything, but do not serve it"
        )

    def check(self, **kwargs):
        # From Django 6.1 on, checking the models connects to SQLite.
        with _database_explained():
            super().check(**kwargs)

    def handle(self, *, host, port, no_serve, **options):
        # First of all: a port that is taken must cost nobody the password, printed but once.
        listener = None if no_serve else listen(host, port)
        self.prepare_data()
        self.collect_static_files()
        login = self.make_curator()
        if listener:
            self.serve(listener, login)
        else:
            self.say("Login", login)
            self.say("Ready", "Run the command without --no-serve to open the site.")

    def say(self, topic, text):
        self.stdout.write(f"{topic + ':':<14}{text}")
        # At once, also into a pipe; and before any fork, or it would be printed twice.
        self.stdout.flush()

    def prepare_data(self):
        self.say("Data folder", settings.DATA_DIR)
        with _database_explained():
            connection.ensure_connection()
            call_command("migrate", verbosity=0, interactive=False)
            self.say("Database", f"{connection.display_name}, up to date.")
            self.load_list()

    def load_list(self):
        """Loads the first list where there is none; someone's own list is kept as it is."""
        is_empty = not (Section.objects.exists() or Paper.objects.exists())
        if is_empty:
            call_command("loaddata", FIXTURE, verbosity=0)
            # What is loaded has no history; with this, the list as it came can be brought back.
            call_command("populate_history", auto=True, verbosity=0)
        sections, papers = Section.objects.count(), Paper.objects.count()
        state = "loaded" if is_empty else "kept as it is"
        self.say("List", f"{sections} sections, {papers} papers, {state}.")

    def collect_static_files(self):
        try:
            call_command("collectstatic", verbosity=0, interactive=False)
        except OSError as error:
            raise CommandError(
                f"Static files cannot be put into {settings.STATIC_ROOT}: {error.strerror}."
            ) from error
        self.say("Static files", "collected.")

    def make_curator(self):
        """Makes an account where there is none. Returns how to log in, in words."""
        users = get_user_model().objects
        with _database_explained():
            if users.exists():
                return "as before; the accounts are kept."
            password = "-".join(get_random_string(4, LEGIBLE) for _ in range(4))
            users.create_superuser(CURATOR, password=password)
        return f"{CURATOR}, with the password {password} (shown only now: write it down)."

    def serve(self, listener, login):
        """Serves until told to stop, and then leaves the process."""
        announce = partial(self.announce, origin(listener), login, alone=is_loopback(listener))
        # The workers open their own: connections do not survive a fork.
        connections.close_all()
        Server(
            listener,
            when_ready=lambda server: announce(),
            on_exit=lambda server: self.stdout.write("Stopped. Everything is kept."),
        ).run()

    def announce(self, site, login, *, alone):
        if not alone:
            self.say("Names", f"answers to {', '.join(settings.ALLOWED_HOSTS)} (ALLOWED_HOSTS).")
        if settings.SECURE_SSL_REDIRECT:
            self.say("HTTPS", "is demanded: the pages open only through a proxy that speaks it.")
        self.say("Login", login)
        self.say("Stop", "Ctrl-C")
        for topic, language, view in (
            ("Admin", "en", "admin:index"),
            ("In Chinese", "zh-hans", "papers:home"),
            ("The site", "en", "papers:home"),
        ):
            with override(language):
                self.say(topic, f"{site}{reverse(view)}")


def _port(text):
    if text.isascii() and text.isdecimal() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number up to 65535.")


@contextmanager
def _database_explained():
    """Turns what the database refuses into a sentence; --traceback shows where."""
    try:
        yield
    except Error as error:
        reason = " ".join(str(error).split())
        raise CommandError(
            f"The database cannot be used ({connection.display_name}): {reason}"
        ) from error
