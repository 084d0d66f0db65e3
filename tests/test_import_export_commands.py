"""Lists come in and go out by command, with words and exit statuses that scripts can use."""

import json

import pytest
from django.core.management import CommandError, call_command

from papers.models import Paper, Section
from tests import make

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
    assert "Papers: 2 new.\nWould add: 2 entry" in said


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


def test_a_file_that_is_no_text_is_refused_in_words(capsys, file):
    status, said = run(capsys, "import_papers", file(b"%PDF-1.7\n\x00\x01"))
    assert status == 2
    assert "PDF" in said


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


def test_drafts_stay_in_unless_asked_for(capsys, db):
    make.draft(title="A secret draft")
    assert "secret" not in run(capsys, "export_papers")[1]
    assert "secret" in run(capsys, "export_papers", everything=True)[1]
