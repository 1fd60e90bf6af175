"""The ballot sheet: what is handed to each voter, with one contest on it or several."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council.choices import Colour, SheetState
from members.models import Meeting


class BallotSheet(models.Model):
    """Told by its name and the colour of its paper. What was printed was issued or is left over, and what is left over is destroyed before a witness."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sheets", verbose_name=_("meeting"))
    name = models.CharField(_("name on the ballot"), max_length=60)
    colour = models.CharField(_("colour of the paper"), max_length=10, choices=Colour, default=Colour.WHITE)
    state = models.CharField(_("state"), max_length=10, choices=SheetState, default=SheetState.PREPARED)
    printed = models.PositiveIntegerField(_("ballots printed"), null=True, editable=False)
    issued = models.PositiveIntegerField(_("ballots issued"), null=True, editable=False)
    unused = models.PositiveIntegerField(_("unused ballots"), null=True, editable=False)
    destroyed_by = models.CharField(_("destroyed by"), max_length=60, blank=True, editable=False)
    witness = models.CharField(_("before the witness"), max_length=60, blank=True, editable=False)
    destroyed_at = models.DateTimeField(_("destroyed at"), null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("ballot sheet"), _("ballot sheets")
        ordering = ["-meeting__held_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name"],
                name="a_sheet_has_a_name_of_its_own_at_its_meeting",
                violation_error_message=_("This meeting has a ballot sheet of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.PREPARED) | Q(printed__gte=F("issued")), name="no_more_ballots_are_issued_than_printed"
            ),
            models.CheckConstraint(
                condition=~Q(state=SheetState.ACCOUNTED) | (Q(printed=F("issued") + F("unused")) & ~Q(destroyed_by="") & ~Q(witness="")),
                name="every_ballot_of_a_sheet_is_accounted_for",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:council_ballotsheet_change", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        """Whether what was issued stands in a tally, and so in what two people answer for."""
        return self.pk is not None and self.contests.counted().exists()

    def clean(self) -> None:
        """What was counted from is kept as it was."""
        if self.is_settled:
            raise ValidationError(_("A contest on this sheet was counted already: the sheet does not change any more."))
