"""XML from the network as a tree, without what makes XML dangerous."""

import xml.etree.ElementTree as ET
from xml.parsers import expat

DEEPEST = 100
#: A hundred papers of a thousand authors each have half as many elements.
MOST = 500_000


class XMLError(ValueError):
    """The text is not XML, or XML with a document type, or too deep or too long."""


def parse(body):
    """The root of an XML text, whose names read `{namespace}name`. Raises XMLError.

    A document type is refused, and with it every entity that could be declared: none that
    grows, none that fetches.
    """
    builder = ET.TreeBuilder()
    depth = count = 0

    def start(name, attributes):
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > DEEPEST or count > MOST:
            raise XMLError("elements without end")
        builder.start(_clark(name), {_clark(key): value for key, value in attributes.items()})

    def end(name):
        nonlocal depth
        depth -= 1
        builder.end(_clark(name))

    def refuse(*_):
        raise XMLError("a document type")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)
    # ValueError, LookupError: an encoding that is none.
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise XMLError(str(error)) from None
    return builder.close()


def _clark(name):
    return f"{{{name}" if "}" in name else name
