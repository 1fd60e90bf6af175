"""A tenure: the period for which a holder holds something. What is held, and by whom, the heirs say."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.history.fields import kept_history
from members.choices import BodyKind, Post, TenureState, called
from members.models.body import Body
from members.models.expert import Expert
from members.models.term import Term
from members.models.unit import MemberUnit
from members.querysets import BodyTenureQuerySet


class Tenure(models.Model):
    """A period with a holder: from `begins_on` up to, not including, `ended_on`; while it runs `ended_on` is empty."""

    begins_on = models.DateField(_("in office since"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("begins_on")), name="%(class)s_ends_after_beginning")
        ]


HELD_BY_ONE = (Post.HEAD, Post.SECRETARY_GENERAL)


class BodyTenure(Tenure):
    """Somebody's time in a body: a unit (a branch's host, a member of a working group), an expert, or a person by name. The council has seats instead."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="tenures", verbose_name=pgettext_lazy("of the alliance", "body"))
    post = models.CharField(_("post"), max_length=20, choices=Post, default=Post.MEMBER)
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="body_tenures", verbose_name=_("term"))
    unit = models.ForeignKey(MemberUnit, models.PROTECT, null=True, blank=True, related_name="body_tenures", verbose_name=_("member unit"))
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="tenures", verbose_name=_("expert"))
    person = models.CharField(_("person"), max_length=60, blank=True, help_text=_("By name, with whom no row here stands for."))
    consented_on = models.DateField(
        _("agreed to be named on"),
        null=True,
        blank=True,
        help_text=_("The day the person agreed that their name stands on the public page (PIPL, article 25). Empty: it does not."),
    )
    history = kept_history(but=("person",))

    objects = BodyTenureQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("tenure in a body"), _("tenures in bodies")
        ordering = ["body", "post", "begins_on", "id"]
        constraints = [
            *Tenure.Meta.constraints,
            models.CheckConstraint(
                condition=Q(unit__isnull=False, expert=None)
                | Q(unit=None, expert__isnull=False, person="")
                | (Q(unit=None, expert=None) & ~Q(person="")),
                name="a_body_s_post_has_one_holder",
                violation_error_message=_("Please name one holder: a member unit (with a person, if you like), an expert, or a person."),
            ),
            models.UniqueConstraint(
                fields=["body", "unit", "post"], condition=Q(ended_on=None, unit__isnull=False), name="a_unit_holds_a_post_of_a_body_once"
            ),
            models.UniqueConstraint(
                fields=["body", "expert"], condition=Q(ended_on=None, expert__isnull=False), name="an_expert_sits_once_in_a_body"
            ),
            models.UniqueConstraint(
                fields=["body", "post"],
                condition=Q(ended_on=None, post__in=HELD_BY_ONE),
                name="a_body_has_one_head_at_a_time",
                violation_error_message=_("This post is held already: the tenure that runs has to end first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} · {self.body}"

    @property
    def holder(self) -> str:
        """Who it is, in one line."""
        if self.expert:
            return self.expert.name
        return " · ".join(filter(None, [self.unit and self.unit.organisation.brief, self.person]))

    @property
    def title(self) -> str:
        """What the post is called in this body."""
        return str(called(self.body.kind, self.post))

    @property
    def named(self) -> str:
        """The person, in whatever way the row names one."""
        return self.expert.name if self.expert else self.person

    @property
    def shown(self) -> str:
        """The person, where they agreed to be named."""
        return self.named if self.consented_on else ""

    # ── a step moves what it calls the state: of a tenure that follows from its end ──

    @property
    def state(self) -> TenureState:
        return TenureState.ENDED if self.ended_on else TenureState.IN_OFFICE

    @state.setter
    def state(self, state: str) -> None:
        """It follows: nothing is written."""

    def get_state_display(self) -> str:
        return str(self.state.label)

    def clean(self) -> None:
        """Told at the field: the council's members come from elections and have seats."""
        if self.body_id and self.body.kind == BodyKind.COUNCIL:
            raise ValidationError({"body": _("The council's members hold seats: they come from an election.")})
