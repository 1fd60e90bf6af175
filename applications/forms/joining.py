"""What may be typed in to work together: an invitation, and the decision on a request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from members.models.colleague import Role

GIVEN = [(role.value, role.label) for role in (Role.FILLS_IN, Role.SUBMITS)]  # owning is handed over


class InvitationForm(PlainText, forms.Form):
    """Whom to invite, and what they may do."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, help_text=_("Your colleague logs in, or signs up, with this address."))
    role = forms.ChoiceField(label=pgettext_lazy("colleague", "May"), choices=GIVEN, initial=Role.FILLS_IN, widget=forms.RadioSelect)
    department = forms.CharField(
        label=_("Participating department"), max_length=60, required=False, help_text=_("For example a college of a university.")
    )


class DecisionForm(PlainText, forms.Form):
    """What somebody who is let in may do; or why they are not."""

    role = forms.ChoiceField(choices=GIVEN, required=False)
    reason = forms.CharField(max_length=200, required=False)

    def inputs(self, step: str) -> dict[str, Any]:
        """What the step asks for."""
        if step == "grant":
            return {"role": self.cleaned_data["role"] or Role.FILLS_IN}
        return {"reason": self.cleaned_data["reason"] or gettext("nobody here knows who asks")}


class GrantForm(PlainText, forms.Form):
    """For the clerk: what who is let in may do."""

    role = forms.ChoiceField(label=pgettext_lazy("colleague", "May"), choices=Role.choices, initial=Role.SUBMITS)


class LetterForm(PlainText, forms.Form):
    """For the clerk: the sealed letter that it rests on."""

    letter = forms.CharField(label=_("The sealed letter: date, number, filed where"), max_length=300)


class NotLetInForm(PlainText, forms.Form):
    """Why somebody is not let in."""

    reason = forms.CharField(label=_("Reason, as the person will read it"), max_length=300)


JOIN_STEP_FORMS: dict[str, type[forms.Form]] = {"grant": GrantForm, "rebind": LetterForm, "refuse": NotLetInForm}
