"""Tags by name, whatever the case; those that are missing are made many at once."""

from papers.models import Tag


class Tags:
    def __init__(self):
        self.ids = {}
        self.slugs = None

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
        new = [
            Tag(name=name, slug=self._slug(name))
            for key, name in missing.items()
            if key not in self.ids
        ]
        for tag in Tag.objects.bulk_create(new, batch_size=500):
            self.ids[tag.name.casefold()] = tag.pk

    def _slug(self, name):
        wish = Tag().slugify(name)[:90]
        slug, number = wish, 1
        while slug in self.slugs:
            slug, number = f"{wish}_{number}", number + 1
        self.slugs.add(slug)
        return slug
