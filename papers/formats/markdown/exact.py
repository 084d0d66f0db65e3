"""An entry's lines, read as `lines` writes them: by their structure alone, nothing is guessed.

A sign that is escaped is text, a bare one may separate: `Poe\\, Jr., Li` is two names.
"""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

from papers.formats import values
from papers.records import LinkRecord, Placement, Record

from . import marks
from .lines import SEPARATOR
from .tree import MAX_DEPTH
from .words import IDENTIFIERS

#: Before a sign that was escaped. No text has it: the parser knows no such sign.
_ESCAPE = "\0"
_TRANSLATED = re.compile(r" ?[(（](.*)[)）]", re.DOTALL)
_YEAR = re.compile(r"[0-9]{1,4}")


class MismatchError(Exception):
    """Something is not as we write it."""


@dataclass(slots=True)
class Node:
    """kind: a token's, without _open; start, end: its lines; text: what it says, with marks of
    what was escaped; level: of a heading."""

    kind: str
    start: int = 0
    end: int = 0
    text: str = ""
    url: str = ""
    level: int = 0
    children: list["Node"] = field(default_factory=list)


def parse(text):
    """The blocks of a Markdown text."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_DEPTH}).enable(["table", "strikethrough"])
    # Addresses are kept as written; whoever keeps them judges them.
    parser.validateLink = lambda url: True
    parser.normalizeLink = lambda url: url
    # It would join what is escaped to the rest.
    parser.core.ruler.disable("text_join")
    return _tree(parser.parse(text))


def _tree(tokens):
    stack = [Node("root")]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        node = _node(token)
        siblings = stack[-1].children
        if node.kind == "text" and siblings and siblings[-1].kind == "text":
            siblings[-1].text += node.text
        elif node.kind != "text" or node.text:
            siblings.append(node)
        if token.nesting > 0:
            stack.append(node)
    return stack[0].children


def _node(token):
    node = Node(token.type.removesuffix("_open"), *(token.map or ()))
    if node.kind == "inline":
        node.children = _tree(token.children)
    elif node.kind == "text_special":
        node.kind = "text"
        node.text = "".join(_ESCAPE + sign for sign in token.content)
    else:
        node.text = token.content
        node.url = token.attrs.get("href", "")
        node.level = int(token.tag[1]) if node.kind == "heading" else 0
    return node


def bare(text):
    return text.replace(_ESCAPE, "").strip()


def marked(nodes):
    """The text of nodes that are nothing but text, with the marks of what is escaped."""
    if any(node.kind != "text" for node in nodes):
        raise MismatchError
    return "".join(node.text for node in nodes)


def _split(text, separator):
    return re.split(rf"(?<!{_ESCAPE}){re.escape(separator)}", text)


def inline(block):
    """The nodes of what a heading or paragraph says."""
    return block.children[0].children if block.children else []


def lines_of(paragraph):
    """The nodes of each line of a paragraph."""
    lines = [[]]
    for node in inline(paragraph):
        if node.kind in {"hardbreak", "softbreak"}:
            lines.append([])
        else:
            lines[-1].append(node)
    return lines


def segments(nodes):
    """Nodes cut at the separator, blank texts left out."""
    found = [[]]
    for node in nodes:
        if node.kind != "text":
            found[-1].append(node)
            continue
        for place, part in enumerate(node.text.split(SEPARATOR)):
            if place:
                found.append([])
            if part.strip():
                found[-1].append(Node("text", text=part))
    return found


def read_head(nodes):
    """(Record, Placement) of an entry's first line."""
    nodes = list(nodes)
    placement = Placement()
    if nodes and nodes[0].kind == "text":
        sign = nodes.pop(0).text.strip()
        if not marks.count(sign) or any(char.isalnum() for char in sign):
            raise MismatchError
        placement.highlighted = True
    kinds = [node.kind for node in nodes]
    if kinds[:2] == ["strong", "text"] and nodes[1].text == SEPARATOR:
        placement.label = bare(marked(nodes[0].children))
        del nodes[:2], kinds[:2]
    if kinds not in (["link"], ["strong"], ["link", "text"], ["strong", "text"]):
        raise MismatchError
    record = Record(title=bare(marked(nodes[0].children)), url=nodes[0].url)
    if len(nodes) == 2:
        found = _TRANSLATED.fullmatch(nodes[1].text)
        if not found:
            raise MismatchError
        record.translated_title = bare(found[1])
    return record, placement


def is_reference(nodes):
    """Whether an entry's second line only says where its paper is described."""
    return [node.kind for node in nodes] == ["text", "link"] and nodes[1].url.startswith("#")


def read_about(nodes, record, words):
    """Takes an entry's second line into the record."""
    for place, segment in enumerate(segments(nodes)):
        if segment and segment[-1].kind == "link":
            _read_link(segment, record, words)
        elif place == 0:
            _read_citation(segment, record, words)
        else:
            raise MismatchError


def _read_citation(nodes, record, words):
    names = nodes[0].text.strip() if nodes and nodes[0].kind == "text" else ""
    published = nodes[1:] if names else nodes
    if [node.kind for node in published] not in ([], ["em"]):
        raise MismatchError
    read_people(names, record, words, ends=bool(published))
    if published:
        venue, year = marked(published[0].children), ""
        *rest, last = _split(venue, words.venue_comma)
        if _YEAR.fullmatch(last):
            venue, year = words.venue_comma.join(rest), last
        record.venue = bare(venue)
        record.year = int(year) if year else None


def read_people(text, record, words, *, ends=False):
    """Takes a list of names into the record; ends: whether something followed it."""
    stop = words.stop.strip()
    escaped = text.endswith(_ESCAPE + stop)
    if ends and not escaped and not text.endswith(words.others):
        text = text.removesuffix(stop)
    record.authors_incomplete = text.endswith(words.others)
    names = _split(text.removesuffix(words.others), words.comma)
    record.authors = [name for each in names if (name := bare(each))]


def _read_link(nodes, record, words):
    kinds = {word: kind for kind, word in words.kinds.items()}
    label = marked(nodes[-1].children)
    url = nodes[-1].url
    if len(nodes) == 1:
        if label in IDENTIFIERS.values():
            values.set_identifier(record, url)
        elif label in kinds:
            record.links.append(LinkRecord(url=url, kind=kinds[label]))
        else:
            record.links.append(LinkRecord(url=url, label=bare(label)))
        return
    kind = kinds.get(marked(nodes[:-1]).strip().removesuffix(words.colon.strip()))
    if not kind:
        raise MismatchError
    record.links.append(LinkRecord(url=url, kind=kind, label=bare(label)))
