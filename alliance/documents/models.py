"""Templates that the secretariat may replace, and papers that nobody changes."""

from __future__ import annotations

import uuid
from hashlib import sha256

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.documents.kinds import label_of
from alliance.documents.typesetting import FOLDER
from alliance.history.models import kind_of
from alliance.locks import hold

DELIVERED = 0  # the version that comes with the portal


class TemplateQuerySet(models.QuerySet["Template"]):
    def in_force(self, kind: str) -> Template | None:
        """The last version; nothing while the delivered one serves."""
        return self.filter(kind=kind).order_by("version").last()

    def with_standing(self) -> TemplateQuerySet:
        """Each with whether a later version took its place."""
        later = Template.objects.filter(kind=OuterRef("kind"), version__gt=OuterRef("version"))
        return self.annotate(is_superseded=Exists(later))


class Template(models.Model):
    """One version of a Word template, written once; the last is in force, and an old one comes back as a new version."""

    kind = models.CharField(_("kind of paper"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    content = models.BinaryField(_("file"))
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64)
    again = models.PositiveSmallIntegerField(_("again version"), null=True, blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), default=clock.now)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("template"), _("templates")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="a_version_of_a_template_is_made_once"),
            models.CheckConstraint(condition=Q(version__gt=0), name="the_delivered_template_is_no_row"),
        ]

    def __str__(self) -> str:
        return f"{label_of(self.kind)} · {self.version}"


def template_of(kind: str) -> tuple[bytes, int]:
    """The Word template in force, and its version."""
    last = Template.objects.in_force(kind)
    return (bytes(last.content), last.version) if last else ((FOLDER / f"{kind}.docx").read_bytes(), DELIVERED)


@transaction.atomic
def add_template(kind: str, content: bytes, *, by: models.Model, again: int | None = None) -> Template:
    """The next version of a template, in force from now; of two uploads at once the second waits for its number."""
    hold(f"template {kind}")
    last = Template.objects.in_force(kind)
    digest = sha256(content).hexdigest()
    return Template.objects.create(
        kind=kind, version=last.version + 1 if last else 1, content=content, sha256=digest, again=again, made_by=by
    )


class PaperQuerySet(models.QuerySet["Paper"]):
    def about(self, thing: models.Model) -> PaperQuerySet:
        """The papers about `thing`, the latest first; without their contents."""
        return self.filter(kind_of_thing=kind_of(thing), thing_id=thing.pk).defer("content").order_by("-id")

    def about_any(self, things: list[models.QuerySet] | None) -> PaperQuerySet:
        """Those about any of `things`, each a queryset of one kind; all of them where nothing is said."""
        if things is None:
            return self
        about = models.Q(pk__in=())
        for rows in things:
            about |= models.Q(kind_of_thing=kind_of(rows.model), thing_id__in=rows.order_by().values("pk"))
        return self.filter(about)

    def of_occasion(self, kind: str, thing: models.Model, occasion: str) -> PaperQuerySet:
        """Every issue of one paper, the latest first."""
        return self.about(thing).filter(kind=kind, occasion=occasion)


class Paper(models.Model):
    """A paper as it was made, byte for byte. Made anew for the same occasion it keeps its number and is a further issue."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind of paper"), max_length=40)
    kind_of_thing = models.CharField(_("about what"), max_length=60)
    thing_id = models.BigIntegerField(_("about which"))
    occasion = models.CharField(_("occasion"), max_length=40, blank=True)
    number = models.CharField(_("document number"), max_length=60)
    issue = models.PositiveSmallIntegerField(_("issue"), default=1)
    title = models.CharField(_("title"), max_length=300)
    file_name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("kind of file"), max_length=100)
    content = models.BinaryField(_("file"))
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64)
    template_version = models.PositiveSmallIntegerField(_("version of the template"), default=DELIVERED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), default=clock.now)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = pgettext_lazy("document", "paper"), _("papers")
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind_of_thing", "thing_id"], name="papers_about_a_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "kind_of_thing", "thing_id", "occasion", "issue"], name="an_issue_of_a_paper_is_made_once"
            ),
            models.UniqueConstraint(fields=["number", "issue"], name="a_number_is_one_paper_s"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("paper", args=[self.uuid])
