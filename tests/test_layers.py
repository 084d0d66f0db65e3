"""Imports go down the layers only, wherever they stand, and never round in a circle.

A new module belongs into LAYERS. `name.*` stands for a package with all that is in it.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: From the lowest up: whoever stands in one may import from it and from those before it.
LAYERS = {
    "text, without Django": (
        *("papers.records", "papers.identifiers", "papers.citekeys", "papers.mathml"),
        *("papers.matching", "papers.publishers", "papers.pages", "papers.addresses"),
        *("papers.collecting", "papers", "readinglist"),
    ),
    "other forms and places, without the database": (
        *("papers.formats.*", "papers.sources.*", "papers.search.tokens", "papers.search.language"),
        *("papers.search.facets", "papers.search.expressions"),
        "readinglist.environment",
    ),
    "data": (
        *("papers.signals", "papers.fields", "papers.triggers", "papers.querysets"),
        *("papers.rows", "papers.prepared", "papers.remembering"),
        *("papers.models.*", "papers.journal.*", "papers.translation", "papers.migrations.*"),
    ),
    "what is done with data": (
        *("papers.changes", "papers.intake.*", "papers.rendering", "papers.audit"),
        "papers.registries",
        *("papers.serializers", "papers.search.*"),
    ),
    "what pages are made of": (
        *(
            "papers.outline",
            "papers.dump",
            "papers.filters",
            "papers.facet_groups",
            "papers.feeds",
            "papers.caching",
        ),
        *("papers.sitemaps", "papers.templatetags.*", "papers.context_processors"),
        *("papers.middleware", "papers.paging", "papers.kept_pages", "papers.page_cache"),
        *("papers.cards", "papers.addressing", "papers.wording", "papers.query_strings"),
        *("papers.compression", "papers.saved"),
    ),
    "what people see": (
        *("papers.views.*", "papers.admin.*", "papers.admin_site", "papers.management.*"),
    ),
    "what puts it together": (
        *("papers.urls", "papers.apps", "readinglist.urls", "readinglist.apps"),
        *("readinglist.settings", "readinglist.wsgi"),
    ),
}


def test_every_module_stands_in_a_layer():
    assert not [module for module in read(ROOT) if layer_of(module) is None]


def test_imports_go_down():
    assert not upward(read(ROOT))


def test_imports_do_not_go_round():
    assert not circle(read(ROOT))


@pytest.mark.parametrize(
    ("layer", "banned"),
    [
        ("text, without Django", ("django", "taggit", "modeltranslation")),
        ("other forms and places, without the database", ("django.db", "django.contrib")),
    ],
)
def test_the_lowest_layers_do_without(layer, banned):
    place = list(LAYERS).index(layer)
    modules = {name: imports for name, imports in read(ROOT).items() if layer_of(name) == place}
    assert modules
    for name, imports in modules.items():
        assert not [i for i in imports if i.startswith(banned)], name


# --- What the tests above are made of catches what it should ---


@pytest.mark.parametrize(
    "line",
    [
        "from papers.views.page import page",
        "from papers.views import page",
        "from papers import views",
        "import papers.views.page",
        "import papers.views.page as something",
        "from ..views.page import page",
        "from ..views import page",
        "from .. import views",
        "def late():\n    from papers.views import page",
        "class Late:\n    def late(self):\n        from ..views import page",
        "if False:\n    import papers.views.page",
        "try:\n    import json\nexcept ImportError:\n    from papers.views import page",
    ],
)
def test_an_import_that_goes_up_is_found(tmp_path, line):
    plant(tmp_path, {"papers/models/paper.py": line, "papers/views/page.py": "page = 1"})
    modules = read(tmp_path)
    assert [importer for importer, _ in upward(modules)] == ["papers.models.paper"]
    assert upward(modules)[0][1].startswith("papers.views")


@pytest.mark.parametrize(
    "line",
    [
        "from papers.models.paper import Paper",
        "from papers.models import paper",
        "from ..models import paper",
        "from . import shared",
        "import json, papers.models",
    ],
)
def test_an_import_that_goes_down_is_fine(tmp_path, line):
    files = {"papers/models/paper.py": "", "papers/views/shared.py": ""}
    plant(tmp_path, {**files, "papers/views/page.py": line})
    modules = read(tmp_path)
    assert not upward(modules)
    assert [i for i in modules["papers.views.page"] if i.startswith("papers.")]


def test_a_module_outside_all_layers_is_found(tmp_path):
    plant(tmp_path, {"papers/helpers.py": ""})
    assert [module for module in read(tmp_path) if layer_of(module) is None] == ["papers.helpers"]


def test_a_circle_is_found(tmp_path):
    plant(
        tmp_path,
        {
            "papers/views/a.py": "def late():\n    from papers.views import b",
            "papers/views/b.py": "from . import c",
            "papers/views/c.py": "from papers.views.a import late",
            "papers/views/d.py": "from papers.views import a",
        },
    )
    assert set(circle(read(tmp_path))) == {"papers.views.a", "papers.views.b", "papers.views.c"}


def plant(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        for folder in path.relative_to(root).parents[:-1]:
            (root / folder / "__init__.py").touch()


# --- Reading ---


def read(root):
    """Every module below `root` with the names of the modules that it imports."""
    files = {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for package in ("papers", "readinglist")
        for path in sorted((root / package).rglob("*.py"))
    }
    return {name: list(_imports(name, path, files)) for name, path in files.items()}


def _imports(module, path, files):
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base]).rstrip(".")
            for alias in node.names:
                # A module of a package, or a name in a module.
                name = f"{base}.{alias.name}"
                yield name if name in files else base


def layer_of(module):
    """The place of the module's layer, counted from the lowest, or None."""
    found = [
        (len(entry), place)
        for place, entries in enumerate(LAYERS.values())
        for entry in entries
        if _holds(entry, module)
    ]
    return max(found)[1] if found else None


def _holds(entry, module):
    return module == entry or (entry.endswith(".*") and f"{module}.".startswith(entry[:-1]))


def upward(modules):
    """Pairs of modules, of which the first imports the second and should not."""
    return [
        (module, imported)
        for module, imports in modules.items()
        for imported in imports
        if imported in modules and (layer_of(imported) or 0) > (layer_of(module) or 0)
    ]


def circle(modules):
    """The modules of one circle of imports, or an empty list."""
    done = set()

    def follow(module, path):
        if module in path:
            return path[path.index(module) :]
        if module in done:
            return []
        for imported in modules[module]:
            if imported in modules and (found := follow(imported, [*path, module])):
                return found
        done.add(module)
        return []

    return next((found for module in modules if (found := follow(module, []))), [])
