"""What may be typed in: a nomination, and the steps of a contest."""

from council.forms.contests import CONTEST_STEP_FORMS, SHEET_STEP_FORMS
from council.forms.nominations import NOMINATION_STEP_FORMS, NominateForm
from council.forms.tallies import PARTS, TALLY_STEP_FORMS, ReasonedTallyForm, TallyForm

__all__ = [
    "CONTEST_STEP_FORMS",
    "NOMINATION_STEP_FORMS",
    "PARTS",
    "SHEET_STEP_FORMS",
    "TALLY_STEP_FORMS",
    "NominateForm",
    "ReasonedTallyForm",
    "TallyForm",
]
