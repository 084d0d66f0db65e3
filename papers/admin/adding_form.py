"""The form by which many papers are brought in."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.admin import sentences
from papers.formats import FORMATS
from papers.formats.encodings import LIMIT, decode
from papers.models import Entry, Section

NAMES = {
    "markdown": "Markdown",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
    "csv": "CSV",
    "jsonl": "JSON Lines",
    "ids": gettext_lazy("Identifiers and addresses"),
}


class AddingForm(forms.Form):
    """What is brought in, and where to."""

    text = forms.CharField(
        label=gettext_lazy("Paste here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "A list in Markdown, BibTeX, RIS, CSL-JSON, CSV or JSON Lines; or identifiers and"
            " addresses of papers, one a line."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("The same in a file of at most 50 MB."),
    )
    section = forms.ModelChoiceField(
        Section.objects.all(),
        label=gettext_lazy("Section"),
        required=False,
        widget=AutocompleteSelect(Entry._meta.get_field("section"), admin.site),
        help_text=gettext_lazy(
            "Everything goes into it; sections that your text names stand below it. Without one,"
            " they are looked for in the whole list."
        ),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            ("auto", gettext_lazy("Recognise it")),
            *((name, NAMES.get(name, name)) for name in FORMATS),
        ],
        initial="auto",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LIMIT:
            size = f"{file.size / 1e6:.1f}"
            raise ValidationError(
                _("The file has %(size)s MB; at most %(most)d MB are read."),
                params={"size": size, "most": LIMIT // 1_000_000},
            )
        return file

    def clean(self):
        cleaned = super().clean()
        text, file = cleaned.get("text"), cleaned.get("file")
        if self.errors:
            return cleaned
        if file and text.strip():
            raise ValidationError(_("Paste a text or choose a file, not both."))
        data = file.read() if file else text.encode("utf-8", "replace")
        if not data.strip():
            if file:
                raise ValidationError({"file": _("The file is empty.")})
            raise ValidationError(_("Paste something, or choose a file."))
        self.decoded = decode(data)
        if not self.decoded.encoding:
            self.add_error(
                "file" if file else "text", sentences.translate(self.decoded.problem.reason)
            )
        return cleaned
