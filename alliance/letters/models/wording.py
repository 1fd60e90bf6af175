"""The office's own words for a kind of letter, and which kinds wait for its release."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.letters.kinds import label_of


class WordingQuerySet(models.QuerySet["Wording"]):
    def in_force(self, kinds: list[str], language: str) -> dict[str, Wording]:
        """The last version of each kind, unless that one goes back to the words shipped."""
        last = {wording.kind: wording for wording in self.filter(kind__in=kinds, language=language).order_by("version")}
        return {kind: wording for kind, wording in last.items() if wording.subject}


class Wording(models.Model):
    """One version of a letter's words in one language. The last is in force; an empty one goes back to what was shipped."""

    kind = models.CharField(_("kind of letter"), max_length=60)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), max_length=8000, blank=True)
    made_at = models.DateTimeField(_("made at"), default=clock.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by"))

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("wording of a letter"), _("wordings of letters")
        ordering = ["kind", "language", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="a_wording_is_numbered_once"),
            models.CheckConstraint(condition=models.Q(subject="", body="") | ~models.Q(subject=""), name="a_wording_has_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{label_of(self.kind)} · {self.get_language_display()} · {self.version}"


class Hold(models.Model):
    """Letters of this kind are written as drafts: the office looks at them, and releases them one by one or as a set."""

    kind = models.CharField(_("kind of letter"), max_length=60, unique=True)
    since = models.DateTimeField(_("since"), default=clock.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("kind of letter to be released"), _("kinds of letters to be released")
        ordering = ["kind"]

    def __str__(self) -> str:
        return label_of(self.kind)
