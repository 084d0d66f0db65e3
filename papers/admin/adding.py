"""Many papers at once: paste or upload a list, look at what it would do, add it as drafts."""

from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from papers import registries
from papers.admin import sentences, told
from papers.admin.adding_form import NAMES, AddingForm
from papers.admin.foreseen import KINDS, Foreseen
from papers.admin.history import remember
from papers.admin.kept import Kept
from papers.admin.rights import intake_rule
from papers.formats import FORMATS, guess
from papers.intake import Options, apply, complete, plan, preview
from papers.models import Paper, Section
from papers.records import Problem, Record

#: So many papers go in at once: as long as that, a person waits for a page.
MOST = 10_000
#: A list that is read as a whole may have so many characters: with all that is known of it, it
#: takes fifty times as much memory.
LONGEST = {"markdown": 5_000_000}
#: A file's text that is longer is not shown in the form again.
SHOWN_AGAIN = 1_000_000
#: For so many, and no longer, registries are asked what they are called; one answer may take
#: `PATIENCE`. Seconds.
ASKED, SECONDS, PATIENCE = 200, 20, 10
#: So many are remembered at once.
CHUNK = 500
NOTHING = gettext_lazy(
    "No paper was found in it. A list has a paper on each line or row, with its title and, best,"
    " a link to it; or choose the format below, if it was not recognised."
)
TOO_MANY = gettext_lazy(
    "These are more than %(most)d papers. Split them into several parts, or let whoever runs the"
    " site use the command import_papers."
)
TOO_LONG = gettext_lazy(
    "A list in %(format)s may have %(most)d MB here. Split it into several parts, or let whoever"
    " runs the site use the command import_papers."
)


class TooManyError(Exception):
    """The text holds more papers than go in at once."""


class AddsMany:
    """For the model admin of papers: the pages of adding many."""

    def get_urls(self):
        def view(function):
            return self.admin_site.admin_view(function)

        return [
            path("add-many/", view(self.adding_view), name="papers_paper_adding"),
            path("add-many/<slug:name>/", view(self.foreseen_view), name="papers_paper_foreseen"),
            path("add-many/<slug:name>/apply/", view(self.apply_view), name="papers_paper_apply"),
            *super().get_urls(),
        ]

    # --- Asking for it ---

    def adding_view(self, request):
        self._refuse_without_right(request)
        if request.method == "POST":
            form = AddingForm(request.POST, request.FILES)
            if form.is_valid() and (kept := self._look(request, form)):
                return _to_foreseen(kept)
        else:
            form = AddingForm(initial=self._initial(request))
        return self._page(request, "admin/adding.html", title=_("Add papers"), form=form)

    def _initial(self, request):
        """What is given by the address: a section, or a text that was looked at before."""
        number = request.GET.get("section", "")
        initial = {"section": number if number.isdecimal() else None}
        if kept := Kept.find(request.user, request.GET.get("again", "")):
            initial = {
                "text": "" if kept.about["source"] and kept.size > SHOWN_AGAIN else kept.text,
                "section": kept.about["section"],
                "format": kept.about["choice"],
            }
        return initial

    def _look(self, request, form):
        """Keeps what was brought in, with all that it would do; None where that is nothing, and
        the form says so."""
        decoded, section = form.decoded, form.cleaned_data["section"]
        file = form.cleaned_data["file"]
        name = form.cleaned_data["format"]
        found = guess(decoded.text) if name == "auto" else name
        longest = LONGEST.get(found, len(decoded.text))
        if len(decoded.text) > longest:
            form.add_error(None, TOO_LONG % {"format": NAMES[found], "most": longest / 1e6})
            return None
        kept = Kept.make(request.user, decoded.text)
        kept.about |= {
            "source": file.name if file else "",
            "choice": name,
            "format": found,
            "section": section.pk if section else None,
            "damage": decoded.problem.reason if decoded.problem else "",
            "done": None,
        }
        items = complete(
            _counted(FORMATS[found].read(decoded.text)),
            registries.access(patience=PATIENCE),
            most=ASKED,
            seconds=SECONDS,
        )
        try:
            kept.about["found"] = _foresee(kept.recording(items), _options(request, kept))
        except TooManyError:
            form.add_error(None, TOO_MANY % {"most": MOST})
        else:
            if kept.about["found"]["kinds"]:
                kept.save()
                return kept
            form.add_error("file" if file else "text", NOTHING)
        kept.remove()
        return None

    # --- Showing what it would do, or did ---

    def foreseen_view(self, request, name):
        self._refuse_without_right(request)
        kept = self._kept(request, name)
        done = kept.about["done"]
        found = done or kept.about["found"]
        kind = request.GET.get("kind", "")
        kind = kind if kind in KINDS else ""
        section = Section.objects.filter(pk=kept.about["section"]).first()
        rows = told.rows(found, kind)
        if done:
            # Said here, not by what added them: of a double click, browsers drop the first answer.
            self.message_user(request, *_outcome(done))
        return self._page(
            request,
            "admin/foreseen.html",
            title=_("Papers added") if done else _("Preview: nothing is added yet"),
            kept=kept.about,
            name=kept.name,
            format=NAMES.get(kept.about["format"], kept.about["format"]),
            section=section,
            found=found,
            done=done,
            kind=kind,
            damage=sentences.translate(kept.about["damage"]),
            summary=told.summary(found, done=done),
            added=told.counted(found["added"]),
            new=found["kinds"].get("new", 0),
            new_sections=[told.path(titles) for titles in found["sections"]],
            rows=rows,
            changes_public=any(row["changes_public"] for row in rows) and not done,
            hidden=told.hidden(found, kind),
            doubts=told.doubts(found),
            holds=found["holds"],
            misses=found["misses"],
            lost=found["kinds"].get("conflict") or found["kinds"].get("unusable"),
        )

    # --- Adding it ---

    def apply_view(self, request, name):
        self._refuse_without_right(request)
        kept = self._kept(request, name)
        if request.method != "POST":
            # Who had to log in once more comes this way.
            return _to_foreseen(kept)
        with kept.locked():
            # Another click on the same button was first.
            if not kept.about["done"] and not self._add(request, kept):
                again = f"{reverse('admin:papers_paper_adding')}?again={kept.name}"
                return HttpResponseRedirect(again)
        return _to_foreseen(kept)

    def _add(self, request, kept):
        """Adds what was looked at; whether that was possible, and says why not."""
        items = _without(kept.items(), set(request.POST.getlist("leave_out")))
        try:
            with transaction.atomic():
                done = _do(items, _options(request, kept), request.user)
        except Section.DoesNotExist:
            words = _("The section was deleted meanwhile. Nothing was added; choose another one.")
            self.message_user(request, words, messages.ERROR)
            return False
        except (IntegrityError, OperationalError):
            words = _("The list was being changed at that moment. Nothing was added; try again.")
            self.message_user(request, words, messages.ERROR)
            return False
        left_out = sum(kept.about["found"]["kinds"].values()) - sum(done["kinds"].values())
        kept.about["done"] = {**done, "left_out": left_out}
        kept.save()
        return True

    # --- What they have in common ---

    def _refuse_without_right(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _kept(self, request, name):
        kept = Kept.find(request.user, name)
        if kept is None:
            raise Http404
        return kept

    def _page(self, request, template, **context):
        media = self.media + context["form"].media if "form" in context else self.media
        base = {**self.admin_site.each_context(request), "opts": self.opts, "media": media}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, {**base, **context})


def _to_foreseen(kept):
    return HttpResponseRedirect(reverse("admin:papers_paper_foreseen", args=[kept.name]))


def _outcome(done):
    """What was added, in words, and the level of a message that says so."""
    if count := done["kinds"].get("new", 0):
        words = ngettext("%(count)d draft was added.", "%(count)d drafts were added.", count)
        return words % {"count": count}, messages.SUCCESS
    if done["written"]:
        return _("What was missing was added."), messages.SUCCESS
    return _("Nothing was added: all of it is here already, or was left out."), messages.WARNING


def _options(request, kept):
    """Raises Section.DoesNotExist where the section that was chosen is gone."""
    number = kept.about["section"]
    return Options(
        section=Section.objects.get(pk=number).slug if number else "",
        source=kept.about["source"],
        **intake_rule(request),
    )


def _foresee(items, options):
    foreseen = Foreseen()
    planned = plan(foreseen.watching(items), options)
    report = preview(planned, on_outcome=foreseen.take)
    return foreseen.result(planned, report)


def _do(items, options, user):
    """Writes it; gives what `Foreseen` does, with `stamp`, by which the new papers are found."""
    foreseen = Foreseen()
    planned = plan(foreseen.watching(items), options)
    report = apply(_Remembered(planned), user=user, on_outcome=foreseen.take)
    done = foreseen.result(planned, report)
    first = next((row["key"] for row in done["rows"] if row["kind"] == "new"), None)
    stamp = Paper.objects.get(key=first).created_at.isoformat() if first else ""
    return {**done, "stamp": stamp, "written": report.changed}


class _Remembered:
    """A plan which, as it is gone through, notes in the history how the papers are that it is
    about to fill: so that there is a way back."""

    def __init__(self, plan):
        self.plan = plan

    def __getattr__(self, name):
        return getattr(self.plan, name)

    def __iter__(self):
        stream = iter(self.plan)
        while piece := list(islice(stream, CHUNK)):
            remember(Paper, [p.paper.pk for p in piece if p.paper and p.outcome.fills])
            yield from piece


def _is_numbered(item):
    """Whether a plan has an outcome for it."""
    return isinstance(item, Record) or (isinstance(item, Problem) and item.lost)


def _counted(items):
    count = 0
    for item in items:
        count += _is_numbered(item)
        if count > MOST:
            raise TooManyError
        yield item


def _without(items, left_out):
    """The items without those records whose numbers, as texts, are among these."""
    number = -1
    for item in items:
        number += _is_numbered(item)
        if not (str(number) in left_out and isinstance(item, Record)):
            yield item
