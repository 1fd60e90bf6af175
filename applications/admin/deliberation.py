"""The meeting that decides a batch: the table that goes there and comes back, outcomes that are pending, and their release together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.documents.serving import attached
from alliance.sheets.writing import MEDIA_TYPE
from alliance.text import key
from alliance.workflow import Refused
from applications import deliberating, duplicates, outcomes, rules
from applications.deliberating import Wanted
from applications.forms.deliberating import OutcomeForm, ReleaseForm, ReturnedForm
from applications.models import Application, Assignment, Batch, Proposal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from applications.outcomes import Line

A_PAGE, AT_ONCE, LETTERS = 50, 200, 5  # letters that are drafted to be read
SALT, GOOD_FOR = "applications.outcomes", 24 * 3600  # seconds that a table looked at may wait to be confirmed


class DeliberationViews:
    """What the admin of batches has for the meeting."""

    def get_urls(self) -> list[Any]:
        wrapped = self.admin_site.admin_view
        return [
            path("<int:pk>/deliberation/", wrapped(self.deliberation_view), name="applications_batch_deliberation"),
            path("<int:pk>/doubles/", wrapped(self.doubles_view), name="applications_batch_doubles"),
            path("<int:pk>/deliberation.xlsx", wrapped(self.table_view), name="applications_batch_table"),
            *super().get_urls(),
        ]

    def batch_for(self, request: HttpRequest, pk: int) -> Batch:
        batch = self.get_object(request, str(pk))
        if (
            batch is None or not self.has_view_permission(request) or self.admin_site.is_of_branch(request.user)
        ):  # the whole alliance's business
            raise Http404
        return batch

    def table_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What stands before the meeting, as a table to fill in there."""
        batch = self.batch_for(request, pk)
        return attached(outcomes.table(batch), MEDIA_TYPE, outcomes.file_name(batch))

    def doubles_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which units of the batch share a sign with any other."""
        batch = self.batch_for(request, pk)
        context = self.admin_site.each_context(request) | {
            "title": _("Possible doubles"),
            "opts": self.opts,
            "batch": batch,
            "likenesses": duplicates.doubles(batch),
        }
        return render(request, "admin/applications/batch/doubles.html", context)

    def deliberation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.batch_for(request, pk)
        if request.method != "POST":
            return self.deliberation_page(request, batch)
        if not rules.may_publish(request.user, batch):
            raise Http404
        do = DOINGS.get(request.POST.get("_do", ""))
        if do is None:
            raise Http404
        try:
            return do(self, request, batch) or redirect(request.get_full_path())
        except Refused as refusal:
            self.message_user(request, f"{refusal.thing}: {refusal.why}", messages.ERROR)
            return redirect(request.get_full_path())

    def deliberation_page(self, request: HttpRequest, batch: Batch, status: int = 200, **shown: Any) -> HttpResponse:
        rows = batch.applications.before_the_meeting().with_pending().with_average().order_by("number")
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        pending = Proposal.objects.pending().filter(batch=batch)
        context = self.admin_site.each_context(request) | {
            "title": _("Deliberation"),
            "opts": self.opts,
            "batch": batch,
            "page": page,
            "counts": counted(pending),
            "without": batch.applications.awaiting_deliberation().without_proposal().count(),
            "may": rules.may_publish(request.user, batch),
            "outcome_form": OutcomeForm(),
            "returned_form": ReturnedForm(),
            "release_form": ReleaseForm(batch=batch),
            "outstanding": Assignment.objects.outstanding().filter(batch=batch).count(),
        }
        return render(request, "admin/applications/batch/deliberation.html", context | shown, status=status)

    # ── what is done ─────────────────────────────────────────────────────────────────────────────────────────────────

    def look(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        """The table that came back: what it would propose, and why a line means nothing."""
        form = ReturnedForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.deliberation_page(request, batch, 422, returned_form=form)
        lines = compared(batch, form.lines)
        good = [[line.number, line.outcome, line.ground, line.reason] for line, _application, _said in lines if not line.why]
        signed = signing.dumps([batch.pk, good], salt=SALT, compress=True)
        context = self.admin_site.each_context(request) | {
            "title": _("The table as it came back"),
            "opts": self.opts,
            "batch": batch,
            "lines": lines,
            "good": len(good),
            "signed": signed,
        }
        return render(request, "admin/applications/batch/returned.html", context)

    def confirm(self, request: HttpRequest, batch: Batch) -> HttpResponse | None:
        """What was looked at becomes pending, all of it or nothing; many lines as long work, each by itself."""
        try:
            pk, good = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature as wrong:
            raise Refused(_("This table was looked at too long ago: please send it again."), thing=batch) from wrong
        if pk != batch.pk:
            raise Http404
        if len(good) > AT_ONCE:
            return redirect(deliberating.propose_lines(batch, good, by=request.user, back=request.path))
        self.say(request, deliberating.propose(deliberating.wanted(batch, good), by=request.user))
        return None

    def ticked(self, request: HttpRequest, batch: Batch) -> list[Application]:
        chosen = [found for text in request.POST.getlist("ids")[:AT_ONCE] if (found := key(text))]
        return list(batch.applications.visible_in_office(request.user).filter(pk__in=chosen))

    def propose(self, request: HttpRequest, batch: Batch) -> HttpResponse | None:
        """One outcome for all that are ticked."""
        form, things = OutcomeForm(request.POST), self.ticked(request, batch)
        if not things:
            self.message_user(request, _("Nothing is ticked."), messages.WARNING)
            return None
        if not form.is_valid():
            return self.deliberation_page(request, batch, 422, outcome_form=form, ticked=[thing.pk for thing in things])
        self.say(request, deliberating.propose([Wanted(thing, **form.cleaned_data) for thing in things], by=request.user))
        return None

    def rest(self, request: HttpRequest, batch: Batch) -> HttpResponse | None:
        """By exception: all others passed."""
        if batch.applications.awaiting_deliberation().without_proposal().count() > AT_ONCE:
            return redirect(deliberating.propose_the_rest(batch, by=request.user, back=request.path))
        self.say(request, deliberating.propose(deliberating.the_rest(batch), by=request.user))
        return None

    def take_back(self, request: HttpRequest, batch: Batch) -> None:
        count = deliberating.take_back(self.ticked(request, batch), by=request.user)
        self.message_user(request, ngettext("Taken back: %(count)d.", "Taken back: %(count)d.", count) % {"count": count}, messages.SUCCESS)

    def say(self, request: HttpRequest, made: list[Proposal]) -> None:
        said = ngettext(
            "Pending now: %(count)d more. Nobody has been told.", "Pending now: %(count)d more. Nobody has been told.", len(made)
        )
        self.message_user(request, said % {"count": len(made)}, messages.SUCCESS)

    def letters(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        """Some of the letters as they would go out, one of each outcome first."""
        form = ReleaseForm(request.POST, batch=batch)
        if not form.is_valid():
            return self.deliberation_page(request, batch, 422, release_form=form)
        drafts = [
            (proposal, *deliberating.drafts(proposal, form.cleaned_data["resolution"], by=request.user))
            for proposal in some(Proposal.objects.pending().filter(batch=batch).select_related("application__batch"))
        ]
        return self.deliberation_page(request, batch, drafts=drafts, release_form=form)

    def release(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        """All together, under one resolution, as long work."""
        form = ReleaseForm(request.POST, batch=batch)
        if not form.is_valid():
            return self.deliberation_page(request, batch, 422, release_form=form)
        return redirect(deliberating.release(batch, form.cleaned_data["resolution"], by=request.user, back=request.path))


DOINGS = {name: getattr(DeliberationViews, name) for name in ("look", "confirm", "propose", "rest", "take_back", "letters", "release")}


def counted(pending: Any) -> list[tuple[str, int]]:
    """How many of each outcome are pending."""
    found = pending.counted()
    return [(Proposal(outcome=outcome).get_outcome_display(), count) for outcome, count in found]


def some(pending: Any) -> list[Proposal]:
    """A few of each outcome, to be read."""
    rows = list(pending.order_by("outcome", "application__number")[:AT_ONCE])
    firsts = {proposal.outcome: proposal for proposal in reversed(rows)}
    others = [proposal for proposal in rows if proposal not in firsts.values()]
    return [*firsts.values(), *others][:LETTERS]


def compared(batch: Batch, lines: list[Line]) -> list[tuple[Line, Application | None, str]]:
    """Each line with its application, and what is pending for it now; a number that is not before this meeting says so."""
    named = batch.applications.before_the_meeting().filter(number__in=[line.number for line in lines]).with_pending()
    there = {each.number: each for each in named}
    found = []
    for line in lines:
        application = there.get(line.number)
        if application is None and not line.why:
            line = outcomes.Line(line.row, line.number, why=_("No application of this batch with this number stands before the meeting."))  # noqa: PLW2901 — the same line, with its reason
        found.append((line, application, said_of(line, application)))
    return found


def said_of(line: Line, application: Application | None) -> str:
    """What a line would change."""
    if line.why or application is None:
        return ""
    pending = application.pending[0] if application.pending else None
    if pending is None:
        return _("new")
    same = (pending.outcome, pending.ground, pending.reason) == (line.outcome, line.ground, line.reason)
    return _("unchanged") if same else _("replaces: %(outcome)s") % {"outcome": pending.get_outcome_display()}
