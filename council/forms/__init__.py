"""What may be typed in: a nomination, the steps of a contest, the plan of a term, another division."""

from council.forms.contests import CONTEST_STEP_FORMS, PARTS, TallyForm
from council.forms.nominations import NOMINATION_STEP_FORMS, NominateForm
from council.forms.plan import TermForm
from council.forms.whatif import WhatIfForm

__all__ = ["CONTEST_STEP_FORMS", "NOMINATION_STEP_FORMS", "PARTS", "NominateForm", "TallyForm", "TermForm", "WhatIfForm"]
