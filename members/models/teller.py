"""Who watches over a meeting's votes: scrutineers and tellers, from the roll."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices import Task
from members.models.meeting import Attendance, Meeting


class Teller(models.Model):
    """A named person of a unit on the roll, who watches the votes or counts them (总监票人、监票人、计票人)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tellers", verbose_name=_("meeting"))
    task = models.CharField(_("task"), max_length=10, choices=Task)
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="tasks", verbose_name=_("of which unit"))
    name = models.CharField(_("name"), max_length=60, blank=True, help_text=_("Left empty: who votes for the unit."))

    class Meta:
        verbose_name, verbose_name_plural = _("scrutineer or teller"), _("scrutineers and tellers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "attendance"],
                name="a_unit_sends_one_scrutineer_or_teller",
                violation_error_message=_("This unit has a task already."),
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(task=Task.CHIEF),
                name="a_meeting_has_one_chief_scrutineer",
                violation_error_message=_("The meeting has a chief scrutineer already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_task_display()} · {self.person}"

    @property
    def person(self) -> str:
        return self.name or self.attendance.voter
