"""The agenda: what a meeting goes through, in order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.meeting import Meeting


class AgendaItem(models.Model):
    """One item of a meeting's agenda, editable until the meeting is opened."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("no."))
    title = models.CharField(_("item"), max_length=200)
    speaker = models.CharField(_("who presents it"), max_length=60, blank=True)
    words = models.TextField(
        _("words of the host"), max_length=1000, blank=True, help_text=_("They stand in the host's script under this item.")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("agenda item"), _("agenda")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="an_item_has_its_own_place_on_the_agenda",
                violation_error_message=_("Another item has this number."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"
