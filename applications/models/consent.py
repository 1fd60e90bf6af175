"""Consents: which text somebody agreed to, when, and from where (PIPL, articles 13 to 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import Declaration
from applications.models.application import Application
from applications.querysets import ConsentTextQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable


class ConsentText(models.Model):
    """One version of the words that an applicant agrees to, in one language; written once, the last is in force."""

    declaration = models.CharField(_("declaration"), max_length=20, choices=Declaration)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=4000)
    since = models.DateTimeField(_("in force since"), default=clock.now)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("consent text"), _("consent texts")
        ordering = ["declaration", "language", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "language", "version"], name="a_version_of_a_consent_text_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_declaration_display()} · {self.get_language_display()} · {self.version}"


class Consent(models.Model):
    """Somebody ticked one declaration of an application, having that text before them."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="consents", verbose_name=_("application"))
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", verbose_name=_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=clock.now)
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("consent"), _("consents")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["application", "text"], name="a_text_is_agreed_to_once_an_application")]

    def __str__(self) -> str:
        return f"{self.text} · {self.at:%Y-%m-%d}"


def agree(application: Application, declarations: Iterable[str], *, by: models.Model, language: str, address: str | None = None) -> None:
    """Keep which texts were agreed to; what was agreed to already stays as it was."""
    texts = ConsentText.objects.in_force(language).filter(declaration__in=list(declarations))
    agreed = [Consent(application=application, text=text, by=by, address=address) for text in texts]
    Consent.objects.bulk_create(agreed, ignore_conflicts=True)
