"""Finds the sections that a text names among those of the list, or plans new ones."""

from dataclasses import dataclass, field

from django.utils.text import slugify

from papers.formats.values import language_of
from papers.intake.report import Difference
from papers.matching import is_misspelt, section_key
from papers.models import Section

LANGUAGES = {"en": "en", "zh-hans": "zh_hans"}


@dataclass(slots=True, eq=False)
class Place:
    """A section, in the list or to be made. `section` is None until it is there."""

    keys: set[str]
    parent: "Place | None"
    section: Section | None = None
    titles: dict[str, str] = field(default_factory=dict)
    slug: str = ""
    record: object = None
    children: list["Place"] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    named: bool = False

    @property
    def path(self):
        title = next(iter(self.titles.values()), self.slug)
        return (*self.parent.path, title) if self.parent else (title,)


class Places:
    """The tree of sections as it will be when the intake is done."""

    def __init__(self, into=""):
        self.by_slug = {}
        self._by_path = {}
        self.top = Place(set(), None)
        places = {}
        sections = list(Section.objects.order_by("position", "pk"))
        for section in sections:
            titles = {
                code: title
                for code, column in LANGUAGES.items()
                if (title := getattr(section, f"title_{column}"))
            }
            keys = {section_key(title) for title in titles.values()}
            place = Place(keys, None, section, titles, section.slug)
            places[section.pk] = self.by_slug[section.slug] = place
        for section in sections:
            place = places[section.pk]
            place.parent = places.get(section.parent_id)
            (place.parent or self.top).children.append(place)
        if into and into not in self.by_slug:
            raise ValueError(f"There is no section “{into}”.")
        self.root = self.by_slug[into] if into else self.top

    def find(self, path, slug=""):
        """The place of a path of titles, made ready where there is none; None for no path."""
        if slug in self.by_slug:
            return self.by_slug[slug]
        place = self._by_path.get(path)
        if place is None:
            parent = self._by_path.get(path[:-1])
            place = parent or self.root
            for title in path[-1:] if parent else path:
                place = self._child(place, title)
            self._by_path[path] = place
        if slug and place is not self.root:
            if place.slug and place.section is None:
                # Two sections of one title, which the text tells apart.
                place = self._by_path[path] = self._add(place.parent or self.top, path[-1])
            place.slug = slug
            self.by_slug.setdefault(slug, place)
        return None if place is self.top else place

    def _child(self, parent, title):
        key = section_key(title)
        exact = next((child for child in parent.children if key in child.keys), None)
        if exact:
            exact.named = True
            return exact
        like = next((child for child in parent.children if self._is_like(child, key)), None)
        if like:
            like.keys.add(key)
            like.named = True
            known = like.titles.get(language_of(title), like.path[-1])
            like.differences.append(Difference("title", known, title))
            return like
        return self._add(parent, title)

    def _add(self, parent, title):
        child = Place({section_key(title)}, None if parent is self.top else parent)
        child.titles = {language_of(title): title}
        child.named = True
        parent.children.append(child)
        return child

    def _is_like(self, place, key):
        # A section that the text names in its own spelling is no misspelling of another.
        return (
            place.section is not None
            and not place.named
            and any(is_misspelt(key, known) for known in place.keys)
        )

    def recorded(self):
        """The places that the text has said something of, outer ones first."""
        return (place for place in self.walk() if place.record is not None)

    def walk(self):
        """All places, outer ones first."""
        waiting = list(reversed(self.top.children))
        while waiting:
            place = waiting.pop()
            yield place
            waiting += reversed(place.children)

    def free_slug(self, place):
        """A slug for a new section: its own wish, else one made of its title."""
        title = place.titles.get("en") or next(iter(place.titles.values()), "")
        wish = place.slug or slugify(title, allow_unicode=True)[:90].strip("-") or "section"
        slug, number = wish, 2
        while slug in self.by_slug and self.by_slug[slug] is not place:
            slug, number = f"{wish}-{number}", number + 1
        self.by_slug[slug] = place
        return slug
