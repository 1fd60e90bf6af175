"""How the office prints: offsets for stock that is printed and sealed beforehand, the grid of its labels, the signs on ballots."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.facts.choices import BallotMarks

SHIFT = [MinValueValidator(Decimal(-30)), MaxValueValidator(Decimal(30))]
EDGE = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(60))]


def millimetres(label: object, validators: list[object], **options: object) -> models.DecimalField:
    return models.DecimalField(label, max_digits=4, decimal_places=1, default=Decimal(0), validators=validators, **options)


class Printing(models.Model):
    """Settings in millimetres and in counts of labels; A4 with three by eight labels unless the office's sheets are others."""

    overlay_x = millimetres(
        _("shift to the right (mm)"), SHIFT, help_text=_("Of what is printed on certificates that are stamped already.")
    )
    overlay_y = millimetres(_("shift downwards (mm)"), SHIFT)
    label_columns = models.PositiveSmallIntegerField(_("labels across"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)])
    label_rows = models.PositiveSmallIntegerField(_("labels down"), default=8, validators=[MinValueValidator(1), MaxValueValidator(12)])
    label_top = millimetres(_("edge above and below the labels (mm)"), EDGE)
    label_side = millimetres(_("edge left and right of the labels (mm)"), EDGE)

    ballot_marks = models.CharField(_("signs on ballots"), max_length=8, choices=BallotMarks, default=BallotMarks.TICK)

    class Meta:
        abstract = True
