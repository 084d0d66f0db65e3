"""What the index knows of papers beside their words, which the engines keep in tables of their
own: see engines. All of it is derived and can be made anew: see index.rebuild."""

from django.db import models


class FacetSet(models.Model):
    """Facets that documents have in common: all that they have, but for their tags. Of such sets
    there are far fewer than documents, which makes them quick to count."""

    #: A digest of the tokens: they may be longer than what an index can hold.
    key = models.CharField(max_length=32, unique=True)
    tokens = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.tokens


class Document(models.Model):
    """A paper as the index has it.

    The id is the paper's for what the public may find, the same below zero for what only
    curators may: a draft, or a public paper with a private note or an entry in a section that
    is not public.
    """

    id = models.BigIntegerField(primary_key=True)
    #: 0 where there is none; in the second, by which the oldest come first, UNKNOWN.
    year = models.PositiveSmallIntegerField()
    year_or_last = models.PositiveSmallIntegerField()
    listed_at = models.DateTimeField()
    facets = models.ForeignKey(
        FacetSet, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    #: The tokens of its tags: see facets. NULL, which aggregates pass over, where it has none.
    tags = models.TextField(null=True)  # noqa: DJ001

    UNKNOWN = 9999

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["-year", "-id"], name="document_by_year"),
            models.Index(fields=["year_or_last", "-id"], name="document_oldest"),
            models.Index(fields=["-listed_at", "-id"], name="document_newest"),
        ]

    def __str__(self):
        return str(self.id)


class Facet(models.Model):
    """How many documents have a value of a facet, over the whole list."""

    token = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=1)
    #: The venue's name. Other facets are named by their token alone.
    label = models.CharField(max_length=300, blank=True)
    public = models.IntegerField(default=0)
    hidden = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "-public"], name="facet_commonest")]

    def __str__(self):
        return self.label or self.token


class Word(models.Model):
    """A word of public titles, names, labels, tags and notes, and how many documents have it."""

    word = models.CharField(max_length=64, primary_key=True)
    documents = models.IntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.word
