"""What may be typed in: calls and nominations, the steps of a contest, seats, the plan of a term, another division."""

from council.forms.calls import CALL_STEP_FORMS
from council.forms.contests import CONTEST_STEP_FORMS, SHEET_STEP_FORMS
from council.forms.nominations import NOMINATION_STEP_FORMS, NominateForm, StandForm
from council.forms.plan import BeginForm, TermForm
from council.forms.seats import ByResolutionForm, CoOptForm, LeaveForm, MayResolveForm
from council.forms.tallies import PARTS, TALLY_STEP_FORMS, ReasonedTallyForm, TallyForm
from council.forms.whatif import WhatIfForm

__all__ = [
    "CALL_STEP_FORMS",
    "CONTEST_STEP_FORMS",
    "NOMINATION_STEP_FORMS",
    "PARTS",
    "SHEET_STEP_FORMS",
    "TALLY_STEP_FORMS",
    "BeginForm",
    "ByResolutionForm",
    "CoOptForm",
    "LeaveForm",
    "MayResolveForm",
    "NominateForm",
    "ReasonedTallyForm",
    "StandForm",
    "TallyForm",
    "TermForm",
    "WhatIfForm",
]
