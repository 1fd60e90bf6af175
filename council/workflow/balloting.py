"""What can happen to a ballot sheet: handed out and counted, and what was left over destroyed before a witness."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.workflow import Actor, Refused, Workflow
from council import rules
from council.choices import SheetState
from council.models import BallotSheet

sheets = Workflow(SheetState)
PREPARED, ISSUED = SheetState.PREPARED, SheetState.ISSUED


@sheets.step(_("Record the ballots issued"), PREPARED, ISSUED, to=ISSUED, allow=rules.is_officer, tone="go")
def issue_ballots(sheet: BallotSheet, *, by: Actor, printed: int, issued: int) -> None:
    """How many were printed and sealed, and how many handed out, each to one voter present."""
    present = sheet.meeting.present
    if issued > present:
        raise Refused(_("%(issued)d ballots issued, but %(present)d voters are present.") % {"issued": issued, "present": present})
    if issued > printed:
        raise Refused(_("%(issued)d ballots issued, but only %(printed)d printed.") % {"issued": issued, "printed": printed})
    if sheet.is_settled:
        raise Refused(_("What was issued is in a tally already."))
    sheet.printed, sheet.issued = printed, issued


@sheets.step(_("Record the destruction of unused ballots"), ISSUED, to=SheetState.ACCOUNTED, allow=rules.is_officer)
def destroy_unused(sheet: BallotSheet, *, by: Actor, unused: int, destroyed_by: str, witness: str, destroyed_at: datetime) -> None:
    """Every ballot is accounted for: what was printed was issued or is destroyed, before a witness."""
    if sheet.issued + unused != sheet.printed:
        sentence = _("%(issued)d issued and %(unused)d unused make %(sum)d; %(printed)d were printed.")
        numbers = {"issued": sheet.issued, "unused": unused, "sum": sheet.issued + unused, "printed": sheet.printed}
        raise Refused(sentence % numbers)
    if destroyed_by.strip() == witness.strip():
        raise Refused(_("The witness is another person than whoever destroys the ballots."))
    if destroyed_at > clock.now():
        raise Refused(_("This moment has not come yet."))
    sheet.unused, sheet.destroyed_by, sheet.witness, sheet.destroyed_at = unused, destroyed_by, witness, destroyed_at
