"""Which papers go with an application, by place of registration and type of unit: a table that the secretariat edits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.history.fields import kept_history
from alliance.text import as_read
from applications.choices import Paper
from applications.querysets import RequiredPaperQuerySet
from members.choices import Jurisdiction, UnitType


class RequiredPaper(models.Model):
    """One line of the table. What is left empty stands for all."""

    jurisdiction = models.CharField(_("place of registration"), max_length=12, choices=Jurisdiction, blank=True)
    unit_type = models.CharField(_("type of unit"), max_length=20, choices=UnitType, blank=True)
    paper = models.CharField(_("paper"), max_length=16, choices=Paper)
    what = models.CharField(_("which exactly"), max_length=120, blank=True)
    what_hant = models.CharField(_("which exactly, in traditional characters"), max_length=120, blank=True)
    what_en = models.CharField(_("which exactly, in English"), max_length=200, blank=True)
    is_must = models.BooleanField(_("has to be there"), default=True)
    history = kept_history()

    objects = RequiredPaperQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("required paper"), _("required papers")
        ordering = ["jurisdiction", "unit_type", "paper", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "unit_type", "paper", "what"],
                name="a_line_of_the_table_of_papers_stands_once",
                violation_error_message=_("The table has this line already."),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(
            str(word) for word in (self.get_jurisdiction_display(), self.get_unit_type_display(), self.get_paper_display()) if word
        )

    @property
    def which(self) -> str:
        """Which exactly, in the reader's language; Chinese where nothing else was written."""
        return as_read(self.what, self.what_hant, self.what_en)
