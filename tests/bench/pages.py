"""What pages cost, in times of a constant Django view that is served in the same run.

    python tests/bench/pages.py DATABASE [DATABASE …] [--rounds N] [--threads N] [--no-searches]

A DATABASE is a file of SQLite or a URL; data.py makes large ones. Each is served by gunicorn, by
one worker of four threads as docs/deploy.md has it, once without any page being kept and once with.
With `--threads 1` it is gunicorn's simplest worker, which does less beside answering. One client
asks. What is measured is the worker's time on the CPU, not the clock: other work on the machine
changes the ratios little. Linux only.
"""

import argparse
import http.client
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
#: Requests in a row that make one figure; each page's is the median of its figures.
BATCH = 10
LIKE_A_BROWSER = {"Accept-Encoding": "gzip, deflate, br"}

SEARCHES = """
diffusion policy
deep learning
attention
graph neural networks
large language model reasoning
pre-training
pretraining transformers
image segmentation
"reinforcement learning"
reinforcement learning from human feedback
few-shot learning -image
federated learning privacy
neural radiance fields
bert
gpt-4
lora
c++
3d object detection
kaiming he
author:hinton
yoshua bengio generative
year:2019..2021 contrastive
machine translation low resource
adversarial exampels
variational autoencoder
optimal transport
speech recogntion
大模型
learning
retrieval augmented generation
""".strip().splitlines()


# --- Servers ---


@contextmanager
def server(application, threads, **environment):
    """Serves a WSGI application; gives its port and its worker's process id."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    options = [
        "--workers=1",
        f"--threads={threads}",
        "--keep-alive=600",
        "--log-level=error",
        "--no-control-socket",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, f"--bind=127.0.0.1:{port}", *options],
        cwd=ROOT,
        env=os.environ | environment,
    )
    try:
        yield port, worker_of(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def worker_of(process, port):
    until_it_answers(process, port)
    return int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text())


def until_it_answers(process, port):
    for _ in range(600):
        time.sleep(0.1)
        if process.poll() is not None:
            raise SystemExit("The server has stopped.")
        try:
            Client(port).get("/")
        except OSError:
            continue
        return
    raise SystemExit("The server does not answer.")


class Client:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def get(self, address, headers=LIKE_A_BROWSER):
        """The answer's status, headers and size."""
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers, len(answer.read())


def used(process):
    """Nanoseconds that a process has been on the CPU, with all its threads."""
    # Linux: the clock of a process has its number in it, see clock_getcpuclockid(3).
    return time.clock_gettime_ns((~process << 3) | 2)


# --- Measuring ---


class Served:
    """A server that can be measured."""

    def __init__(self, port, process):
        self.client, self.process = Client(port), process

    def cost(self, addresses, status=200, headers=None):
        """Milliseconds of CPU that an answer to one of `addresses` takes.

        headers: a function from an address to those that are sent with it.
        """
        headers = headers or (lambda address: LIKE_A_BROWSER)
        asked = [(address, headers(address)) for address in addresses]
        before = used(self.process)
        for address, sent in asked:
            answered = self.client.get(address, sent)[0]
            if answered != status:
                raise SystemExit(f"{address} was answered by {answered}, not {status}.")
        return (used(self.process) - before) / len(asked) / 1e6

    def wait(self, address):
        """Milliseconds, by the clock, until an answer is there."""
        start = time.perf_counter()
        self.client.get(address)
        return 1000 * (time.perf_counter() - start)

    def size(self, address):
        return self.client.get(address, {"Accept-Encoding": "identity"})[2]


def measure(constant, made, kept, pages, style, rounds):
    """The milliseconds of `constant`, and in times of it a file and each page: not kept, kept and
    unchanged."""
    states = {}

    def unchanged(address):
        return LIKE_A_BROWSER | {"If-None-Match": states[address]}

    for address in itertools.chain(*pages.values()):
        made.client.get(address)
        states[address] = kept.client.get(address)[1]["ETag"]
    figures = defaultdict(list)
    for start in range(0, rounds * BATCH, BATCH):
        for kind, addresses in pages.items():
            # Each time anew: other work on the machine comes and goes.
            one = constant.cost(["/"] * BATCH)
            figures["constant"].append(one)
            figures["file"].append(kept.cost([style] * BATCH) / one)
            some = [addresses[n % len(addresses)] for n in range(start, start + BATCH)]
            figures[kind, "not kept"].append(made.cost(some) / one)
            figures[kind, "kept"].append(kept.cost(some) / one)
            figures[kind, "unchanged"].append(kept.cost(some, 304, unchanged) / one)
    return {name: statistics.median(costs) for name, costs in figures.items()}


def measure_searches(constant, made):
    """Over the searches: median and 95th percentile, in times of the constant view, and of the
    milliseconds until one client has its answer, for which a database's server works as well."""
    costs, waits = [], []
    for query in SEARCHES:
        address = f"/papers/?{urlencode({'q': query})}"
        made.cost([address])
        one = constant.cost(["/"] * BATCH)
        costs.append(statistics.median(made.cost([address]) for _ in range(3)) / one)
        waits.append(statistics.median(made.wait(address) for _ in range(3)))
    return [
        (statistics.median(figures), sorted(figures)[len(figures) * 95 // 100])
        for figures in (costs, waits)
    ]


# --- What is asked for ---


def addresses_of_pages():
    """Addresses of each kind of page, spread over the list."""
    papers = Paper.objects.visible()
    sections = (
        Section.objects.filter(visible=True)
        .annotate(size=Count("entries"))
        .filter(size__gte=50)
        .order_by("pk")
    )
    tags = Tag.objects.annotate(size=Count("tagged_papers")).order_by("-size")
    last = papers.order_by("-pk").values_list("pk", flat=True)[0]
    some = papers.filter(pk__in=[last * n // 40 for n in range(1, 40)])
    slug = sections.first().slug
    return {
        "home": [reverse("papers:home")],
        "paper": [paper.get_absolute_url() for paper in some],
        "browse, 25": [
            reverse("papers:papers") + query
            for query in ("", "?page=3", "?sort=title", f"?section={slug}", "?highlighted=1")
        ],
        "section, 50": [section.get_absolute_url() for section in spread(sections)],
        "tag": [tag.get_absolute_url() for tag in tags[:10]],
    }


def spread(objects, number=10):
    found = list(objects)
    return found[:: max(len(found) // number, 1)][:number]


def main(rounds, threads, *, searches):
    pages = addresses_of_pages()
    call_command("collectstatic", verbosity=0, interactive=False)
    print(f"{Paper.objects.count():,} papers, {connection.display_name}", flush=True)
    with ExitStack() as stack:
        constant = Served(*stack.enter_context(server("tests.bench.constant", threads)))
        made = Served(*stack.enter_context(server("readinglist.wsgi", threads, PAGES_KEPT="0")))
        kept = Served(*stack.enter_context(server("readinglist.wsgi", threads)))
        figures = measure(constant, made, kept, pages, static("papers/site.css"), rounds)
        one = f"{constant.size('/'):,} bytes: {figures['constant']:.2f} ms"
        print(f"constant view, {one}; all else in times of it")
        print(f"file of WhiteNoise: {figures['file']:.2f}")
        print("\n| page | KB | not kept | kept | 304 |\n| --- | --: | --: | --: | --: |")
        for kind, addresses in pages.items():
            costs = [f"{figures[kind, how]:.2f}" for how in ("not kept", "kept", "unchanged")]
            print(f"| {kind} | {made.size(addresses[0]) / 1000:.0f} | {' | '.join(costs)} |")
        if not searches:
            return
        cost, wait = measure_searches(constant, made)
        print(f"\n{len(SEARCHES)} searches, not kept; median and 95th percentile:")
        print(f"{cost[0]:.1f} and {cost[1]:.1f} times the constant view,")
        print(f"{wait[0]:.0f} and {wait[1]:.0f} ms by the clock")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("databases", nargs="+", metavar="DATABASE")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--no-searches", action="store_true")
    arguments = parser.parse_args()
    place, *others = arguments.databases
    folder = tempfile.TemporaryDirectory(prefix="reading-list-bench-")
    os.environ |= {
        "DATABASE_URL": place if "://" in place else f"sqlite:///{Path(place).absolute()}",
        "DATA_DIR": folder.name,
        "DJANGO_SETTINGS_MODULE": "readinglist.settings",
    }
    sys.path.insert(0, str(ROOT))

    import django

    django.setup()

    from django.core.management import call_command
    from django.db import connection
    from django.db.models import Count
    from django.templatetags.static import static
    from django.urls import reverse

    from papers.models import Paper, Section, Tag

    main(arguments.rounds, arguments.threads, searches=not arguments.no_searches)
    if others:
        # Settings are read once in a process.
        options = [option for option in sys.argv[1:] if option not in arguments.databases]
        sys.exit(subprocess.run([sys.executable, __file__, *others, *options]).returncode)
