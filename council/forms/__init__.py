"""What may be typed in: a nomination, the steps of a contest, the plan of a term, another division."""

from council.forms.calls import CALL_STEP_FORMS
from council.forms.contests import CONTEST_STEP_FORMS, PARTS, TallyForm
from council.forms.nominations import NOMINATION_STEP_FORMS, NominateForm, StandForm
from council.forms.plan import TermForm
from council.forms.seats import ByResolutionForm, CoOptForm, LeaveForm, MayResolveForm
from council.forms.whatif import WhatIfForm

__all__ = [
    "CALL_STEP_FORMS",
    "CONTEST_STEP_FORMS",
    "NOMINATION_STEP_FORMS",
    "PARTS",
    "ByResolutionForm",
    "CoOptForm",
    "LeaveForm",
    "MayResolveForm",
    "NominateForm",
    "StandForm",
    "TallyForm",
    "TermForm",
    "WhatIfForm",
]
