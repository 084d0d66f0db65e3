from contextlib import suppress
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from papers import citekeys
from papers.fields import ArxivIdField, DoiField, FoldedField, NamesField, folded_fields
from papers.identifiers import parse_arxiv
from papers.matching import address_key, title_key
from papers.models.content import NO_WEB_ADDRESS, Content, is_web_address
from papers.models.tag import TaggedPaper
from papers.querysets import PaperQuerySet

YEARS = (1500, 2100)


def is_blank(field):
    """A condition on an IdentifierField, to which a plain "" would mean NULL."""
    return Q(Exact(F(field), Value("", output_field=models.TextField())))


#: The empty text itself: fields of identifiers take "" for NULL.
BLANK = models.Value("", output_field=models.CharField())


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


PUBLISHED = Q(status=Status.PUBLISHED)
DRAFT = Q(status=Status.DRAFT)


class Readable:
    """What follows from a paper's columns; also of a row that is no instance."""

    @property
    def is_visible(self):
        """Whether the public may see it."""
        return self.status == Status.PUBLISHED

    @property
    def read_url(self):
        """Where to read it: the curators' link, else arXiv's page, else the publisher's."""
        return self.url or self.arxiv_url or self.doi_url

    @property
    def arxiv_url(self):
        return f"https://arxiv.org/abs/{self.arxiv_id}" if self.arxiv_id else ""

    @property
    def doi_url(self):
        return f"https://doi.org/{quote(self.doi, safe='/:;().-_')}" if self.doi else ""


class Paper(Readable, Content):
    """One work, whatever its manifestations: arXiv, proceedings, journal."""

    Status = Status

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Journal article")
        CONFERENCE = "conference", _("Conference paper")
        PREPRINT = "preprint", _("Preprint")
        REPORT = "report", _("Report")
        BOOK = "book", _("Book")
        CHAPTER = "chapter", _("Chapter")
        THESIS = "thesis", _("Thesis")
        OTHER = "other", _("Other")

    #: One of them may be read off another: see `normalise`.
    IDENTIFIERS = ("arxiv_id", "arxiv_version", "doi")

    key = models.CharField(
        _("key"),
        max_length=100,
        unique=True,
        blank=True,
        validators=[
            RegexValidator(
                rf"^{citekeys.PATTERN}\Z",
                _("A key is made of Latin letters, digits and the signs _ : + -"),
            )
        ],
        help_text=_("Cites the paper and names its page. Made from author, year and title."),
    )
    title = models.CharField(_("title"), max_length=1000)
    translated_title = models.CharField(
        _("translated title"),
        max_length=1000,
        blank=True,
        help_text=_("For readers of the list's other language."),
    )
    authors = NamesField(_("authors"))
    authors_incomplete = models.BooleanField(
        _("and others"), default=False, help_text=_("The paper has further authors.")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("Of publication, for citing.")
    )
    published_on = models.DateField(
        _("first published on"), null=True, blank=True, help_text=_("When it could first be read.")
    )
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=Kind,
        blank=True,
        help_text=_("For citing; may stay open."),
    )
    venue = models.CharField(
        _("venue"), max_length=300, blank=True, help_text=_("Journal, conference or series.")
    )
    volume = models.CharField(_("volume"), max_length=50, blank=True)
    issue = models.CharField(_("issue"), max_length=50, blank=True)
    pages = models.CharField(_("pages"), max_length=50, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    arxiv_id = ArxivIdField(
        _("arXiv identifier"),
        max_length=30,
        unique=True,
        null=True,
        blank=True,
        help_text=_("In any spelling; a URL will do."),
    )
    arxiv_version = models.PositiveSmallIntegerField(_("arXiv version"), null=True, blank=True)
    arxiv_category = models.CharField(_("arXiv category"), max_length=30, blank=True)
    doi = DoiField(
        _("DOI"),
        max_length=255,
        unique=True,
        null=True,
        blank=True,
        help_text=_("In any spelling; a URL will do."),
    )
    url = models.URLField(
        _("link"),
        max_length=1000,
        blank=True,
        help_text=_("Where to read it, when that is neither arXiv nor the DOI."),
    )
    abstract = models.TextField(_("abstract"), blank=True)
    language = models.CharField(
        _("language"), max_length=15, default="en", help_text=_("Of the paper: en, zh-hans, …")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    listed_at = models.DateTimeField(_("listed since"), null=True, blank=True, editable=False)
    metadata_source = models.CharField(_("metadata from"), max_length=100, blank=True)
    metadata_at = models.DateTimeField(_("metadata as of"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    title_key = FoldedField(max_length=300, of="title", fold=title_key)
    url_key = FoldedField(max_length=500, of="url", fold=address_key)
    # Accounts are no part of the list: fixtures leave them out.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        serialize=False,
        related_name="+",
        verbose_name=_("created by"),
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        serialize=False,
        related_name="+",
        verbose_name=_("changed by"),
    )

    tags = TaggableManager(through=TaggedPaper, blank=True, verbose_name=_("tags"))

    objects = PaperQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        permissions = [("publish_paper", _("Can make public, and change what is public"))]
        constraints = [
            models.UniqueConstraint(
                Lower("key"),
                name="paper_key_unique",
                violation_error_message=_("There is a paper of this key, perhaps in other case."),
            ),
            models.CheckConstraint(condition=~Q(key=""), name="paper_has_key"),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="paper_has_title",
                violation_error_message=_("A paper needs a title."),
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=YEARS),
                name="paper_year_can_be",
                violation_error_message=_("The year must lie between 1500 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published"]), name="paper_status_known"
            ),
            models.CheckConstraint(
                condition=Q(arxiv_id=None) | ~Q(arxiv_id=BLANK), name="paper_arxiv_id_not_blank"
            ),
            models.CheckConstraint(
                condition=Q(doi=None) | ~Q(doi=BLANK), name="paper_doi_not_blank"
            ),
            models.CheckConstraint(
                condition=Q(url="") | is_web_address("url"),
                name="paper_url_is_web_address",
                violation_error_message=NO_WEB_ADDRESS,
            ),
        ]
        indexes = [
            # The orders of the public lists: see paging.py. Of published papers only, so that no
            # database takes "published" for a rare thing and begins a join with it.
            models.Index(
                fields=["year", "id", "status"], condition=PUBLISHED, name="paper_by_year"
            ),
            models.Index(
                fields=["title", "id", "status"], condition=PUBLISHED, name="paper_by_title"
            ),
            models.Index(
                fields=["listed_at", "id", "status"], condition=PUBLISHED, name="paper_newest"
            ),
            # Those of the admin's.
            models.Index(fields=["updated_at", "id"], name="paper_by_change"),
            models.Index(fields=["updated_at", "id"], condition=DRAFT, name="paper_drafts"),
            models.Index(fields=["title", "id"], name="paper_any_by_title"),
            models.Index(fields=["year", "id"], name="paper_any_by_year"),
            models.Index(fields=["venue"], name="paper_by_venue"),
            models.Index(fields=["title_key"], name="paper_by_title_key"),
            models.Index(fields=["url_key"], name="paper_by_url_key"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.key,)

    def get_absolute_url(self):
        return reverse("papers:paper", args=[self.key])

    def clean(self):
        super().clean()
        # What is wrong with a field, clean_fields() has said already.
        with suppress(ValidationError):
            self.normalise()

    def save(self, *args, **kwargs):
        self.updated_at = timezone.now()
        if names := set(kwargs.get("update_fields") or ()):
            names.add("updated_at")
            if "status" in names:
                names.add("listed_at")
            if not names.isdisjoint(self.IDENTIFIERS):
                names.update(self.IDENTIFIERS)
            names.update(field.name for field in folded_fields(type(self)) if field.of in names)
            kwargs["update_fields"] = names
        super().save(*args, **kwargs)

    def normalise(self):
        """Brings identifiers into their one spelling and makes the key where there is none.

        Called before every save, fixtures' included. Raises ValidationError for an identifier
        that is none, and for authors that are no list of names.
        """
        self.authors = self.authors or []
        self._meta.get_field("authors").validate(self.authors, self)
        self.arxiv_id = self._meta.get_field("arxiv_id").to_python(self.arxiv_id)
        if version := getattr(self.arxiv_id, "version", None):
            # Taken once: a curator may enter another version later.
            self.arxiv_id, self.arxiv_version = str(self.arxiv_id), version
        self.doi = self._meta.get_field("doi").to_python(self.doi)
        # An arXiv DOI is its arXiv identifier.
        if self.doi and (arxiv := parse_arxiv(self.doi)) and self.arxiv_id in {None, arxiv.id}:
            self.arxiv_id, self.doi = arxiv.id, None
            self.arxiv_version = arxiv.version or self.arxiv_version
        if not self.key:
            self.key = self._free_key()

    def publish(self):
        """Makes it public. Saved by the caller."""
        self.status = self.Status.PUBLISHED

    def withdraw(self):
        """Makes it a draft again. Saved by the caller."""
        self.status = self.Status.DRAFT

    def _free_key(self):
        key = citekeys.make(self.authors, self.year, self.title)
        others = type(self).objects.filter(key__istartswith=key).exclude(pk=self.pk)
        taken = {other.lower() for other in others.values_list("key", flat=True)}
        return next(free for free in citekeys.alternatives(key) if free not in taken)
