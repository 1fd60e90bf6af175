"""Frozen versions: what was sealed and submitted is what is reviewed and decided."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.canonical import digest
from applications.choices import Paper
from applications.models.answers import PERSONAL, Answers, applies
from applications.models.application import Application


class Version(models.Model):
    """The answers as they were frozen, to be sealed or submitted; written once. Persons stand apart, so that they can be blanked and their digest stays."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="versions", verbose_name=_("application"))
    number = models.PositiveSmallIntegerField(_("version"))
    frozen_at = models.DateTimeField(_("frozen at"), default=clock.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("frozen by"))
    answers = models.JSONField(_("answers"), encoder=DjangoJSONEncoder)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64)
    persons_digest = models.CharField(_("digest of the persons (SHA-256)"), max_length=64)

    is_new = False  # whether it has only just been frozen

    class Meta:
        verbose_name, verbose_name_plural = _("version"), _("versions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="a_version_is_numbered_once")]

    def __str__(self) -> str:
        return f"{self.application} · {self.number}"

    @property
    def code(self) -> str:
        """The short code that stands on every page of its printed form."""
        return paper_code(self.answers, self.persons_digest)


class Submission(models.Model):
    """A version handed in: from then on it is the one that is reviewed and decided, until the next."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="submissions", verbose_name=_("version"))
    submitted_at = models.DateTimeField(_("submitted at"), default=clock.now)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by"))

    class Meta:
        verbose_name, verbose_name_plural = _("submission"), _("submissions")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.version)


class VersionPersons(models.Model):
    """The personal answers of a version; null once blanked."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="persons", verbose_name=_("version"))
    answers = models.JSONField(_("answers"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("persons of a version"), _("persons of versions")

    def __str__(self) -> str:
        return str(self.version)


CODE = 12  # hexadecimal digits: enough to tell two versions of one application apart


def paper_code(answers: dict[str, Any], persons_digest: str) -> str:
    """The short code of a printed form: of all that stands on it, and not of the papers that go with it."""
    printed = {name: value for name, value in answers.items() if name != "attachments"}
    return digest({"answers": digest(printed), "persons": persons_digest})[:CODE]


def said(application: Application) -> tuple[dict[str, Any], dict[str, Any]]:
    """What `application` says now: its answers, and apart from them those about persons. What does not concern such a unit is left out."""
    answers = {
        field.name: getattr(application, field.name) if applies(field.name, application) else field.get_default()
        for field in Answers._meta.get_fields()
    }
    persons = {name: answers.pop(name) for name in PERSONAL}
    return answers, persons


def code_now(application: Application) -> str:
    """The code of the form if it were printed now. `application` is as the database has it."""
    answers, persons = said(application)
    return paper_code(answers, digest(persons))


def as_frozen(papers: list[Any]) -> list[dict[str, str]]:
    """What a version keeps of the papers, one confirmed by code among them; a sealed form is of a version, not in it."""
    return [each.frozen for each in papers if each.kind != Paper.SEALED_FORM]


def stamp(application: Application) -> str:
    """What somebody has before their eyes when they press submit: everything, the papers and the round included, in 16 digits."""
    answers, persons = said(application)
    answers["attachments"] = as_frozen(application.papers_there)
    seen = {"answers": answers, "persons": digest(persons), "round": application.corrections}
    return digest(seen)[:16]


def freeze(application: Application, *, by: models.Model) -> Version:
    """Keep what `application` says now as its next version; where nothing has changed since the last, that one."""
    answers, persons = said(application)
    answers["attachments"] = as_frozen(application.papers_there)
    digests = {"digest": digest(answers), "persons_digest": digest(persons)}
    last = next(reversed(application.frozen), None)
    if last and (last.digest, last.persons_digest) == tuple(digests.values()):
        return last
    version = Version.objects.create(
        application=application, number=last.number + 1 if last else 1, frozen_by=by, answers=answers, **digests
    )
    VersionPersons.objects.create(version=version, answers=persons)
    version.is_new = True
    return version


def hand_in(application: Application, *, by: models.Model) -> Version:
    """Freeze what it says, and submit that version."""
    version = freeze(application, by=by)
    Submission.objects.create(version=version, submitted_by=by)
    return version
