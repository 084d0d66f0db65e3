"""Takes rendered HTML apart, and says whether it is safe."""

import re
from html.parser import HTMLParser

from papers.rendering import render

# What may stand on a page, written apart from the code that sees to it.
TEXT = {
    *("p", "br", "hr", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "s", "a"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
MATH = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom"),
    *("mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"),
    *("mtable", "mtr", "mtd", "menclose"),
}
ATTRIBUTES = {
    *("href", "title", "rel", "start", "display", "mathvariant", "displaystyle", "scriptlevel"),
    *("stretchy", "fence", "form", "separator", "largeop", "movablelimits", "minsize", "maxsize"),
    *("lspace", "rspace", "voffset", "width", "height", "depth", "linethickness", "accent"),
    *("notation", "columnalign", "tabindex"),
}


class Parsed(HTMLParser):
    """An HTML text taken apart: `tags`, `attributes` as (tag, name, value), `text`."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.tags.append("a comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def check_safe(source):
    parsed = Parsed(render(source))
    assert set(parsed.tags) <= TEXT | MATH
    for tag, name, value in parsed.attributes:
        assert name in ATTRIBUTES, (tag, name)
        if name == "href":
            assert tag == "a"
            # As browsers read it: without what they trim and skip.
            url = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value).lower()
            assert re.match(r"(?:https?|mailto):|[^:]*(?:[/?#%]|$)", url), value
            assert (tag, "rel", "nofollow noopener") in parsed.attributes
    return parsed


def text_of(source):
    return Parsed(render(source)).text.strip()
