"""Lists come in and go out by command, with words and exit statuses that scripts can use."""

import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from papers.management.commands import export_papers, import_papers
from papers.models import Paper, Section
from tests import make

from .test_progress import Terminal, at_once  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

LIST = """# My list

## Basics

- [Attention Is All You Need](https://arxiv.org/abs/1706.03762) - The first.
- ⭐ [BERT: Pre-training of Deep Bidirectional Transformers](https://arxiv.org/abs/1810.04805)
"""
LINES = """{"type":"paper","title":"Attention Is All You Need","arxiv_id":"1706.03762"}

{"type":"paper","title":"A year that is none","year":"soon"}
"""


@pytest.fixture
def file(tmp_path):
    def write(text, name="list.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def run(capsys, *arguments, **options):
    """The exit status of a command, and what it said."""
    status = 0
    try:
        call_command(*arguments, **options)
    except SystemExit as stop:
        status = stop.code
    except CommandError as error:
        return error.returncode, str(error)
    said = capsys.readouterr()
    return status, said.out + said.err


def test_a_markdown_list_comes_in_as_drafts(capsys, file):
    status, said = run(capsys, "import_papers", file(LIST))
    assert status == 0
    assert "Papers: 2 new." in said
    assert set(Paper.objects.values_list("status", "entries__section__title_en")) == {
        ("draft", "Basics")
    }
    status, said = run(capsys, "import_papers", file(LIST))
    assert (status, "Papers: 2 already here.\nAdded: nothing else." in said) == (0, True)


def test_what_is_left_out_is_said_with_its_line_and_the_status(capsys, file, tmp_path):
    report = tmp_path / "report.jsonl"
    status, said = run(capsys, "import_papers", file(LINES), report=str(report))
    assert status == 1
    assert "line 3: " in said
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [line["status"] for line in lines] == ["new", "unusable"]
    assert lines[0]["identifiers"] == {"arxiv": "1706.03762"}
    assert lines[1]["reason"]


def test_a_dry_run_writes_nothing(capsys, file):
    status, said = run(capsys, "import_papers", file(LIST), dry_run=True)
    assert (status, Paper.objects.count(), Section.objects.count()) == (0, 0, 0)
    assert said == "Papers: 2 new.\nWould add: 2 entries, 1 note.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.md"], "nowhere.md: No such file or directory."),
        (["LIST", "--section", "none"], "There is no section “none”."),
    ],
)
def test_what_cannot_be_done_at_all_is_a_sentence_and_status_2(capsys, file, arguments, sentence):
    arguments = [file(LIST) if word == "LIST" else word for word in arguments]
    assert run(capsys, "import_papers", *arguments) == (2, sentence)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n\x00\x01", "The file is a PDF document, not text."),
        (b"", "The file is empty."),
        (b"Just prose.\n", "Taken for markdown; --format says what it is."),
    ],
)
def test_a_file_without_papers_is_refused_and_others_come_in(capsys, file, content, reason):
    refused = file(content, "refused")
    status, said = run(capsys, "import_papers", refused)
    assert (status, said.startswith("No paper was found.")) == (2, True)
    assert reason in said + capsys.readouterr().err
    status, said = run(capsys, "import_papers", refused, file(LIST))
    assert (status, "Papers: 2 new." in said) == (0 if content.startswith(b"Just") else 1, True)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("none/out", "No such file or directory."), ("/dev/full", "No space left on device.")],
)
def test_a_report_that_cannot_be_written_leaves_the_list_as_it_was(capsys, file, name, sentence):
    found = run(capsys, "import_papers", file(LIST), report=name)
    assert (found, Paper.objects.count()) == ((2, f"{name}: {sentence}"), 0)


def test_an_old_report_stays_where_a_new_one_comes_to_nothing(capsys, file, tmp_path):
    report = tmp_path / "report.jsonl"
    report.write_text("old")
    run(capsys, "import_papers", file(b""), report=str(report))
    assert [path.name for path in tmp_path.iterdir() if "report" in path.name] == [report.name]
    assert report.read_text() == "old"


def test_ctrl_c_leaves_the_list_as_it_was(capsys, file, monkeypatch):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(import_papers.Command, "tell", interrupted)
    found = run(capsys, "import_papers", file(LIST))
    assert (found, Paper.objects.count()) == ((130, "Stopped. Nothing was written."), 0)


def test_identifiers_alone_are_asked_for_before_they_come_in(
    capsys, file, registry, tmp_path, monkeypatch
):
    monkeypatch.setattr(import_papers, "access", lambda: registry.access(tmp_path))
    registry.misbehave("down", when=lambda asked: asked.path.startswith("/works"))
    path = file("2101.00001\n10.5555/socks\n2101.00003\n")
    for options in ({"dry_run": True}, {"format": "ids"}):
        status, said = run(capsys, "import_papers", path, **options)
        assert status == 1
        assert "Papers: 2 new, 1 unusable." in said
        assert "line 2: 10.5555/socks: Crossref is out of order (503)." in said
        assert "line 3: A Proof That Was None: arXiv says that this paper has been" in said
    assert set(Paper.objects.values_list("title", flat=True)) == {
        "Counting Sheep at Scale: An Empirical Study",
        "A Proof That Was None",
    }


def test_nothing_is_asked_while_the_list_is_locked(capsys, file, registry, tmp_path, monkeypatch):
    monkeypatch.setattr(import_papers, "access", lambda: registry.access(tmp_path))

    def apply(plan, **options):
        asked = len(registry.requests)
        list(plan)
        assert asked == len(registry.requests) > 0
        raise KeyboardInterrupt

    monkeypatch.setattr(import_papers, "apply", apply)
    assert run(capsys, "import_papers", file("2101.00001\n2101.00002\n"))[0] == 130


def test_a_report_has_a_line_for_each_place_and_each_doubt(capsys, file, tmp_path):
    table = file(
        "title,section,highlighted,note,url,code,mine\n"
        "A Paper of Some Kind,A / B,yes,Read it.,https://arxiv.org/abs/1706.03762,"
        "https://github.com/a/b,x\n"
    )
    lines = file(
        json.dumps(
            {
                "type": "paper",
                "title": "In Two Places",
                "placements": [{"section": ["C"]}, {"section": ["D"], "highlighted": True}],
            }
        ),
        "two.jsonl",
    )
    report = tmp_path / "report.jsonl"
    assert run(capsys, "import_papers", table, lines, report=str(report))[0] == 0
    found = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [(line["status"], line["section_path"], line["highlighted"]) for line in found] == [
        ("doubt", [], False),
        ("new", ["A", "B"], True),
        ("new", ["C"], False),
        ("new", ["D"], True),
    ]
    assert [line["file"] for line in found] == [table, table, lines, lines]
    entry = found[1]
    assert entry["url"] == "https://arxiv.org/abs/1706.03762"
    assert entry["identifiers"] == {"arxiv": "1706.03762"}
    assert entry["extra_links"] == [{"label": "code", "url": "https://github.com/a/b"}]
    assert (entry["note_text"], entry["line"], entry["kind"]) == ("Read it.", 2, "paper")
    assert "“mine”" in found[0]["reason"]


def test_an_identifier_that_no_column_holds_is_kept_as_an_address(capsys, file):
    path = file("title,openreview,acl,doi\nOne,B1QRgziT-,,\nTwo,,P19-1001,\nThree,,,10.1000/x\n")
    for words in ("Papers: 3 new.", "Papers: 3 already here."):
        assert words in run(capsys, "import_papers", path)[1]
    assert dict(Paper.objects.values_list("title", "url")) == {
        "One": "https://openreview.net/forum?id=B1QRgziT-",
        "Two": "https://aclanthology.org/P19-1001",
        "Three": "",
    }


def test_a_terminal_sees_how_far_it_is(file, at_once):  # noqa: F811
    screen = Terminal()
    call_command("import_papers", file(LIST), stderr=screen, no_color=True)
    assert "Reading " in screen.getvalue()
    assert "Importing  " in screen.getvalue()
    call_command("export_papers", output=file("", "out"), everything=True, stderr=screen)
    assert screen.getvalue().endswith("Writing  ██████████████████████████████ 2 of 2\n")


def test_too_many_sentences_are_counted_instead(capsys, file, monkeypatch):
    monkeypatch.setattr(import_papers, "MOST", 2)
    status, said = run(capsys, "import_papers", file("no\n" * 5), format="ids")
    assert (status, said.count("no identifier of a paper")) == (2, 2)
    assert "… and 3 more such lines: see --report." in said


def test_a_chinese_file_in_its_old_encoding_is_read(capsys, file):
    text = "## 大模型\n\n- [注意力机制就是你所需要的一切](https://arxiv.org/abs/1706.03762)\n"
    run(capsys, "import_papers", file(text.encode("gb18030")))
    assert Paper.objects.get().title == "注意力机制就是你所需要的一切"


def test_the_list_goes_out_and_comes_in_again(capsys, seed, tmp_path):
    output = tmp_path / "list.jsonl"
    run(capsys, "export_papers", output=str(output))
    assert not list(tmp_path.glob("*.part"))
    before = output.read_text(encoding="utf-8")
    Section.objects.all().delete()
    Paper.objects.all().delete()
    status, said = run(capsys, "import_papers", str(output), publish=True)
    assert (status, "Papers: 14 new." in said) == (0, True)
    run(capsys, "export_papers", output=str(output))
    assert output.read_text(encoding="utf-8") == before


def test_a_section_goes_out_as_bibtex(capsys, seed):
    status, said = run(capsys, "export_papers", format="bibtex", section="multimodal")
    assert status == 0
    assert said.count("\n}") == 4
    assert "{wang2024qwen2vl," in said
    assert run(capsys, "export_papers", section="none") == (2, "There is no section “none”.")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("none/out", "No such file or directory."),
        ("/dev/full", "No space left on device."),
        (".", "Is a directory."),
    ],
)
def test_an_output_that_cannot_be_written_is_said(capsys, seed, output, sentence):
    assert run(capsys, "export_papers", output=output) == (2, f"{output}: {sentence}")


def test_what_is_no_file_is_written_to_and_stays_what_it_is(capsys, seed):
    assert run(capsys, "export_papers", output=os.devnull)[0] == 0
    assert not Path(os.devnull).is_file()


def test_ctrl_c_leaves_an_older_export(capsys, seed, tmp_path, monkeypatch):
    def interrupted(*arguments):
        yield "half"
        raise KeyboardInterrupt

    output = tmp_path / "list.csv"
    output.write_text("old")
    monkeypatch.setattr(export_papers.FORMATS["csv"], "write", interrupted)
    found = run(capsys, "export_papers", format="csv", output=str(output))
    assert found == (130, "Stopped before all was written.")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_table_goes_out_and_says_where_drafts_are(capsys, db, tmp_path):
    make.draft(title="A secret draft")
    output = tmp_path / "list.csv"
    status, said = run(capsys, "export_papers", format="csv", output=str(output))
    assert status == 0
    assert (
        said == f"Papers written to {output}: 0.\nNone is public; --everything takes drafts, too.\n"
    )
    run(capsys, "export_papers", format="csv", output=str(output), everything=True)
    assert run(capsys, "import_papers", str(output))[1].startswith("Papers: 1 already here.")


def test_who_reads_no_further_ends_an_export_with_status_1(capsys, seed, monkeypatch):
    def closed(*arguments):
        yield "a line"
        raise BrokenPipeError

    monkeypatch.setattr(export_papers.FORMATS["csv"], "write", closed)
    monkeypatch.setattr(export_papers, "close_pipe", lambda: None)
    assert run(capsys, "export_papers", format="csv") == (1, "a line")


def test_drafts_stay_in_unless_asked_for(capsys, db):
    make.draft(title="A secret draft")
    assert "secret" not in run(capsys, "export_papers")[1]
    assert "secret" in run(capsys, "export_papers", everything=True)[1]
