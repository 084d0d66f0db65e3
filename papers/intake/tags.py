"""Tags by name, whatever the case; those that are missing are made many at once."""

from papers.models import Tag
from papers.rows import Rows


class Tags:
    def __init__(self):
        self.ids = {}
        self.slugs = None
        self.rows = Rows(Tag, "name", "slug")
        self.blank = Tag()  # which makes slugs

    def learn(self, names):
        """Makes sure that `ids` has all these names, in folded case."""
        missing = {name.casefold(): name for name in names if name.casefold() not in self.ids}
        if not missing:
            return
        if self.slugs is None:
            self.slugs = set()
            for pk, name, slug in Tag.objects.order_by().values_list("pk", "name", "slug"):
                self.ids[name.casefold()] = pk
                self.slugs.add(slug)
        new = {key: name for key, name in missing.items() if key not in self.ids}
        for name in new.values():
            self.rows.add(name, self._slug(name))
        self.ids.update(zip(new, self.rows.insert(), strict=True))

    def _slug(self, name):
        wish = self.blank.slugify(name)[:90]
        slug, number = wish, 1
        while slug in self.slugs:
            slug, number = f"{wish}_{number}", number + 1
        self.slugs.add(slug)
        return slug
