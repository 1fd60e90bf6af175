"""Who attends a meeting without a vote (列席)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.meeting import Meeting


class Observer(models.Model):
    """A person who attends without a vote: an honorary chair, an expert, the secretariat, a guest."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="observers", verbose_name=_("meeting"))
    name = models.CharField(_("name"), max_length=60)
    affiliation = models.CharField(_("unit and post"), max_length=120, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("attends without a vote"), _("attending without a vote")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def whole(self) -> str:
        """Name, and in brackets where from."""
        return f"{self.name}（{self.affiliation}）" if self.affiliation else self.name
