"""Whose work in the office is a branch's."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.body import Body
from members.querysets import BranchPostQuerySet


class BranchPost(models.Model):
    """Somebody of the office works for a branch: while it runs, their offices reach the branch's units and no others."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="branch_posts", verbose_name=_("account"))
    branch = models.ForeignKey(Body, models.PROTECT, related_name="staff", verbose_name=_("branch"))
    since = models.DateTimeField(_("since"), default=clock.now)
    until = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Once it has ended, the offices of this person reach the whole alliance again.")
    )
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("appointed by"))

    objects = BranchPostQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("branch staff"), _("branch staff")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "branch"],
                condition=Q(until=None),
                name="somebody_works_for_a_branch_once",
                violation_error_message=_("This person works for this branch already."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="work_for_a_branch_ends_after_it_began",
                violation_error_message=_("It ends after it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.branch}"
