"""Takes into the search index what a command has changed."""

from papers.management.progress import Progress
from papers.search import index


def take_in(stderr, using="default"):
    """All that waits, with a bar on the terminal: not the first reader who searches shall."""
    with Progress(stderr, "Indexing", index.waiting(using)) as bar:
        index.flush(using, told=lambda count: bar.reach(bar.done + count))
