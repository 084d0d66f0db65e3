"""Makes the data sets that pages and searches are measured on, of real papers.

    python tests/bench/data.py CORPUS DATABASE [--papers N]

CORPUS is papers.jsonl.xz, which is not part of the project; DATABASE a file for SQLite, or the
URL of an empty database. The corpus goes in as a list would, through the intake: a venue is a
section, a year a section within it; some papers get tags, notes, links to code and highlights,
always the same ones. Beyond the corpus (`--papers 1000000`) its papers are repeated: their titles
have the same words in another order, identifiers and keys are new. A database that has papers
already grows up to N; so a large one can be made from a copy of a small one.
"""

import argparse
import itertools
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

CODE = "https://github.com/example/{key}"
#: What some of the papers without keywords are tagged with, where the title has the words.
TOPICS = [
    "adversarial",
    "attention",
    "bayesian",
    "causal",
    "clustering",
    "contrastive",
    "convex",
    "detection",
    "diffusion",
    "dialogue",
    "fairness",
    "federated",
    "generative",
    "graph",
    "kernel",
    "language",
    "multimodal",
    "optimization",
    "planning",
    "privacy",
    "reasoning",
    "reinforcement",
    "robot",
    "segmentation",
    "speech",
    "transformer",
    "translation",
    "video",
    "vision",
]
NOTES = (
    {
        "en": "Start here. The loss is $L(\\theta) = -\\sum_i \\log p_\\theta(x_i)$, and *all* that"
        " follows rests on it:\n\n- easy to train,\n- hard to beat.",
        "zh-hans": "从这里开始。损失函数是 $L(\\theta) = -\\sum_i \\log p_\\theta(x_i)$，"
        "**后面的**工作都以它为基础。",
    },
    {"en": "A **careful** study. Read section 4 first; `k = 8` is enough in practice."},
    {"zh-hans": "大模型预训练与微调的对比，结论可靠，值得细读。"},
    {
        "en": "The bound $\\mathbb{E}[R] \\le \\sqrt{\\frac{2 \\log N}{T}}$ is tight; see also"
        " [the code](https://github.com/example/bound)."
    },
)
COPIES = ("entries", "links", "tagged_papers", "notes")


def records(corpus):
    """The corpus as a curated list."""
    for number, record in enumerate(corpus_records(corpus)):
        chance = random.Random(number)  # noqa: S311 - for the same list each time
        placement = record.placements[0]
        placement.highlighted = chance.random() < 0.03
        if chance.random() < 0.04:
            placement.notes.append(NoteRecord(text=chance.choice(NOTES)))
        if chance.random() < 0.1:
            record.links.append(LinkRecord(url=CODE.format(key=number), kind="code"))
        if not record.tags:
            words = set(record.title.lower().split())
            record.tags = [topic for topic in TOPICS if topic in words][:3]
        yield record


def repeat(copies):
    """Adds so many papers: those that are there, again and again, with what belongs to them.

    Past the querysets and their signals, which would take hours.
    """
    papers = list(Paper.objects.order_by("pk"))
    taken = {key.lower() for key in Paper.objects.values_list("key", flat=True)}
    related = {name: _by_paper(name) for name in COPIES}
    first = papers[-1].pk + 1
    source = itertools.cycle(papers)
    while copies:
        batch = [next(source) for _ in range(min(copies, 5000))]
        _write(Paper, [_copy(paper, first + n, taken) for n, paper in enumerate(batch)])
        for name in COPIES:
            model = Paper._meta.get_field(name).related_model
            column = Paper._meta.get_field(name).field.attname
            rows = [
                _related_copy(row, column, first + n)
                for n, paper in enumerate(batch)
                for row in related[name].get(paper.pk, ())
            ]
            _write(model, rows)
        first += len(batch)
        copies -= len(batch)
        print(f"\r{copies:9,} to go", end="", flush=True)
    print()


def _by_paper(name):
    relation = Paper._meta.get_field(name)
    rows = {}
    for row in relation.related_model._base_manager.order_by("pk"):
        rows.setdefault(getattr(row, relation.field.attname), []).append(row)
    return rows


def _copy(paper, pk, taken):
    words = paper.title.split()
    random.Random(pk).shuffle(words)  # noqa: S311
    copy = type(paper)(**{f.attname: getattr(paper, f.attname) for f in paper._meta.fields})
    copy.pk, copy.title = pk, " ".join(words)
    free = citekeys.alternatives(citekeys.make(copy.authors, copy.year, copy.title))
    copy.key = next(key for key in free if key.lower() not in taken)
    taken.add(copy.key.lower())
    # Of the year 2050, and so nobody's.
    copy.arxiv_id = f"{5001 + pk // 100_000}.{pk % 100_000:05}" if paper.arxiv_id else None
    copy.doi = f"10.99999/copy.{pk}" if paper.doi else None
    copy.url = f"https://papers.example.org/{pk}" if paper.url else ""
    return copy


def _related_copy(row, column, paper):
    values = {f.attname: getattr(row, f.attname) for f in row._meta.fields if not f.primary_key}
    if "uid" in values:
        values["uid"] = uuid.uuid4()
    return type(row)(**{**values, column: paper})


def _write(model, rows):
    models.QuerySet(model).bulk_create(rows)


def main(corpus, papers):
    call_command("migrate", verbosity=0)
    if not Paper.objects.exists():
        began = time.perf_counter()
        options = Options(publish=True)
        limited = itertools.islice(records(corpus), papers)
        report = apply(plan(limited, options))
        print(f"{dict(report.counts)} {dict(report.added)}, {time.perf_counter() - began:.0f} s")
    missing = (papers or 0) - Paper.objects.count()
    if missing > 0:
        with transaction.atomic():
            repeat(missing)
            # Raw writes are announced to nobody but so.
            note(Paper.objects.order_by("-pk").values_list("pk", flat=True)[:missing])
    began = time.perf_counter()
    # To make it anew takes less time than to add very many.
    (index.rebuild if missing > index.MANY else index.flush)()
    print(f"Indexed in {time.perf_counter() - began:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{Paper.objects.count():,} papers")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("database")
    parser.add_argument("--papers", type=int)
    arguments = parser.parse_args()
    place = arguments.database
    os.environ["DATABASE_URL"] = place if "://" in place else f"sqlite:///{Path(place).absolute()}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "readinglist.settings"

import django

django.setup()

import uuid

from django.core.management import call_command
from django.db import connection, models, transaction

from papers import citekeys
from papers.changes import note
from papers.intake import Options, apply, plan
from papers.models import Paper
from papers.records import LinkRecord, NoteRecord
from papers.search import index
from tests.bench.corpus import records as corpus_records

if __name__ == "__main__":
    main(arguments.corpus, arguments.papers)
