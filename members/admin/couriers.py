"""Many parcels at once: a list is looked at line by line, then each is noted and its unit told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance.accounts.choices import SECRETARIAT
from alliance.exchange.admin import Counter
from alliance.jobs import working
from alliance.text import posted
from alliance.workflow import Refused
from members import workflow
from members.forms.certificates import CouriersForm
from members.models import Certificate

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from alliance.jobs.models import Job

NOTE, SALT, A_DAY = "note parcels", "parcels of certificates", 60 * 60 * 24
IN_ONE_REQUEST = 20


@working.work(NOTE)
def note_one(job: Job, pk: int) -> None:
    """One parcel of the list, as it was looked at."""
    certificate = Certificate.objects.get(pk=pk)
    for courier, number in job.inputs["parcels"][str(pk)]:
        workflow.dispatch(certificate, by=job.by, courier=courier, number=number, sent_on=parse_date(job.inputs["sent_on"]))


class CouriersAdmin(Counter):
    """A list of certificates that takes courier numbers in."""

    def get_urls(self) -> list[Any]:
        return [path("couriers/", self.admin_site.admin_view(self.couriers_view), name=self.page_name("couriers")), *super().get_urls()]

    def ways(self, request: HttpRequest) -> dict[str, Any]:
        return super().ways(request) | {"couriers_url": reverse(f"admin:{self.page_name('couriers')}")}

    def couriers_view(self, request: HttpRequest) -> HttpResponse:
        """Lines pasted or sent; shown with what hinders each; and noted as they were shown."""
        if not request.user.holds(*SECRETARIAT):
            raise Http404
        if "shown" in request.POST:
            return self.noted(request, self.shown(request))
        form = CouriersForm(posted(request), request.FILES or None, within=self.get_queryset(request))
        parcels = form.cleaned_data["parcels"] if form.is_valid() else []
        fine = [parcel for parcel in parcels if not parcel["why"]]
        kept = {
            "sent_on": form.cleaned_data["sent_on"].isoformat() if fine else "",
            "parcels": [[parcel["certificate"].pk, parcel["courier"], parcel["number"]] for parcel in fine],
        }
        context = {
            "form": form,
            "parcels": parcels,
            "fine": len(fine),
            "shown": signing.dumps(kept, salt=SALT, compress=True) if fine else "",
        }
        return self.page(request, "members/certificate/couriers", _("Note courier numbers"), **context)

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """What the page showed, signed by the portal, for a day."""
        try:
            return signing.loads(request.POST["shown"], salt=SALT, max_age=A_DAY)
        except signing.BadSignature:
            raise Refused(_("What was shown is too old: please send the list again.")) from None

    def noted(self, request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
        by_certificate: dict[int, list[list[str]]] = {}
        for pk, courier, number in shown["parcels"]:
            by_certificate.setdefault(pk, []).append([courier, number])
        back = reverse(f"admin:{self.page_name('changelist')}")
        job = working.ask(
            NOTE, list(by_certificate), label=str(_("Note courier numbers")), by=request.user, back=back,
            parcels=by_certificate, sent_on=shown["sent_on"],
        )  # fmt: skip
        if job.total > IN_ONE_REQUEST:
            return redirect(job)
        working.work_on(job.pk)
        skipped = job.skipped.all()
        for each in skipped:
            self.message_user(request, str(each), messages.WARNING)
        done = job.total - len(skipped)
        said = ngettext("%(count)d certificate was noted as sent.", "%(count)d certificates were noted as sent.", done) % {"count": done}
        self.message_user(request, said, messages.SUCCESS)
        return redirect(back)
