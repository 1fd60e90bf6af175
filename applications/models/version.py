"""Frozen versions: what was submitted is what is reviewed and decided."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.models.answers import PERSONAL, Answers
from applications.models.application import Application


class Version(models.Model):
    """The answers of one submission, written once. Persons stand apart, so that they can be blanked and their digest stays."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="versions", verbose_name=_("application"))
    number = models.PositiveSmallIntegerField(_("version"))
    submitted_at = models.DateTimeField(_("submitted at"), default=clock.now)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by"))
    answers = models.JSONField(_("answers"), encoder=DjangoJSONEncoder)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64)
    persons_digest = models.CharField(_("digest of the persons (SHA-256)"), max_length=64)

    class Meta:
        verbose_name, verbose_name_plural = _("version"), _("versions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="a_version_is_numbered_once")]

    def __str__(self) -> str:
        return f"{self.application} · {self.number}"


class VersionPersons(models.Model):
    """The personal answers of a version; null once blanked."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="persons", verbose_name=_("version"))
    answers = models.JSONField(_("answers"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("persons of a version"), _("persons of versions")

    def __str__(self) -> str:
        return str(self.version)


def digest(answers: dict[str, Any]) -> str:
    """SHA-256 of the answers as canonical JSON, 64 hexadecimal digits."""
    text = json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return sha256(text.encode()).hexdigest()


def freeze(application: Application, *, by: models.Model) -> Version:
    """Keep what `application` says now as its next version."""
    said = {field.name: getattr(application, field.name) for field in Answers._meta.get_fields()}
    persons = {name: said.pop(name) for name in PERSONAL}
    said["attachments"] = application.attachments.running().as_frozen()
    version = Version.objects.create(
        application=application,
        number=application.versions.count() + 1,
        submitted_by=by,
        answers=said,
        digest=digest(said),
        persons_digest=digest(persons),
    )
    VersionPersons.objects.create(version=version, answers=persons)
    return version
