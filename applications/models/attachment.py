"""The papers that go with an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.files.forms import keep
from alliance.files.models import StoredFile
from alliance.files.sweeping import discard
from alliance.prepared import Prepared
from alliance.workflow import Refused
from applications.choices import Paper
from applications.models.application import ATTACHED, Application
from applications.querysets import AttachmentQuerySet

if TYPE_CHECKING:
    from alliance.files.checking import Checked

MOST = 20  # attachments of one application
STATE = Prepared(lambda key: Application.objects.select_for_update().only("state").filter(pk=key))


class Attachment(models.Model):
    """A paper added to an application. One taken away stays where a submitted version names it, and is gone otherwise."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="attachments", verbose_name=_("application"))
    kind = models.CharField(_("paper"), max_length=16, choices=Paper)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="attachment", verbose_name=_("file"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"), default=clock.now)
    removed_at = models.DateTimeField(_("taken away at"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("attachment"), _("attachments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(removed_at__gte=F("added_at")), name="an_attachment_is_taken_away_after_it_was_added"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file}"

    @property
    def frozen(self) -> dict[str, str]:
        """What a version keeps of it: which file, which bytes; a file's name may be somebody's."""
        return {"kind": self.kind, "uuid": str(self.file.uuid), "sha256": self.file.sha256}


@transaction.atomic
def attach(application: Application, kind: str, checked: Checked, *, by: models.Model) -> Attachment:
    """Add a paper, while the application may still change. Raises a ValidationError where there is no room for the file."""
    held(application, kind)
    return add(application, kind, checked, by=by)


def is_full(application: Application) -> bool:
    """Whether it has as many papers as it can."""
    return len(ATTACHED.all(application.pk)) >= MOST


def add(application: Application, kind: str, checked: Checked, *, by: models.Model) -> Attachment:
    """Add a paper to an application that is held."""
    if is_full(application):
        raise Refused(TOO_MANY % {"most": MOST}, thing=application)
    application.__dict__.pop("papers_there", None)  # there is one more now
    return Attachment.objects.create(application=application, kind=kind, file=keep(checked, about=application, by=by), added_by=by)


TOO_MANY = _("An application has at most %(most)d attachments: please take one away first, or put several papers into one PDF.")


@transaction.atomic
def take_away(attachment: Attachment) -> None:
    """Take a paper away, while the application may still change: a submitted version keeps the papers that it names."""
    held(attachment.application, attachment.kind)
    put_away(attachment)


def put_away(attachment: Attachment) -> None:
    """Take a paper away from an application that is held: what a submission rests on stays, the rest is gone."""
    attachment.application.__dict__.pop("papers_there", None)
    if is_rested_on(attachment):
        attachment.removed_at = clock.now()
        attachment.save(update_fields=["removed_at"])
        return
    copy, file = getattr(attachment, "sealed_copy", None), attachment.file
    if copy:
        copy.delete()
    attachment.delete()
    discard(file)


def is_rested_on(attachment: Attachment) -> bool:
    """Whether a frozen version names the paper, or it is the sealed copy of a version that was submitted."""
    if copy := getattr(attachment, "sealed_copy", None):
        return copy.version.submissions.exists()
    named = (str(version.answers.get("attachments")) for version in attachment.application.frozen)
    return any(str(attachment.file.uuid) in papers for papers in named)


@transaction.atomic
def exchange(attachment: Attachment, checked: Checked, *, by: models.Model) -> Attachment:
    """The same paper, better: the new file takes the place of the old one."""
    held(attachment.application, attachment.kind)
    put_away(attachment)
    return add(attachment.application, attachment.kind, checked, by=by)


def held(application: Application, kind: str) -> None:
    """Hold the application still for this transaction: what is being submitted does not change under it; in a correction only what was named is open."""
    fresh = STATE.get(application.pk)
    if not fresh.is_editable:
        raise Refused(_("The application has been submitted meanwhile: nothing was changed."), thing=application)
    asked = fresh.asked_for
    if asked and asked.places and kind != Paper.SEALED_FORM and kind not in {place["field"] for place in asked.places}:
        raise Refused(_("This paper is not to be corrected: only what the office named is open."), thing=application)
