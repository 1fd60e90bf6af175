"""The motion: what a meeting is asked to resolve, how it is voted on, and each named vote."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from members.choices import Choice, Counted, MotionState, Weight
from members.models.agenda import AgendaItem
from members.models.meeting import Attendance, Meeting, Passing, Resolution
from members.querysets import MotionQuerySet


class Motion(Passing):
    """A draft resolution before a meeting. Its rule is frozen when voting opens; once voted on it is a resolution, and nothing changes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="motions", verbose_name=_("meeting"))
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="motions", verbose_name=_("agenda item"))
    subject = models.CharField(_("what is resolved"), max_length=200)
    weight = models.CharField(_("kind of motion"), max_length=12, choices=Weight, default=Weight.ORDINARY)
    way = models.CharField(_("way of voting"), max_length=6, choices=Counted, default=Counted.HANDS)
    state = models.CharField(_("state"), max_length=10, choices=MotionState, default=MotionState.PREPARED)
    eligible = models.PositiveIntegerField(pgettext_lazy("voters", "called"), null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=1000, blank=True, editable=False)
    resolution = models.OneToOneField(
        Resolution, models.PROTECT, null=True, blank=True, editable=False, related_name="motion", verbose_name=_("resolution")
    )

    objects = MotionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("motion"), _("motions")
        ordering = ["meeting", "item__position", "id"]
        constraints = [
            *Passing.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state=MotionState.CLOSED, resolution__isnull=False) | (~Q(state=MotionState.CLOSED) & Q(resolution=None)),
                name="a_motion_voted_on_is_a_resolution",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_voted_by_phone(self) -> bool:
        """Named votes on ordinary matters, in a meeting that is electronic; every secret ballot is on paper (docs/decisions)."""
        return self.meeting.is_electronic and self.way == Counted.NAMED and self.weight == Weight.ORDINARY


class Vote(models.Model):
    """One named vote: of a line of the roll on a motion. It may be set right while the vote is open, and never afterwards."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="votes", verbose_name=_("motion"))
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="votes", verbose_name=_("whose vote"))
    choice = models.CharField(_("vote"), max_length=8, choices=Choice)
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    cast_at = models.DateTimeField(_("entered at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("named vote"), _("named votes")
        ordering = ["attendance"]
        constraints = [models.UniqueConstraint(fields=["motion", "attendance"], name="one_vote_each_on_a_motion")]

    def __str__(self) -> str:
        return f"{self.attendance}: {self.get_choice_display()}"
