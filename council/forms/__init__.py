"""What may be typed in: a nomination, and the steps of a contest."""

from council.forms.contests import CONTEST_STEP_FORMS, PARTS, TallyForm
from council.forms.nominations import NOMINATION_STEP_FORMS, NominateForm

__all__ = ["CONTEST_STEP_FORMS", "NOMINATION_STEP_FORMS", "PARTS", "NominateForm", "TallyForm"]
