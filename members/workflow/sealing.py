"""Certificates that were sealed elsewhere come back as PDF: received, looked at, and kept beside the certificates they belong to."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import PurePath
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from alliance import clock
from alliance.files import shelf
from alliance.files.apart.limits import MEGABYTE, MOST
from alliance.files.checking import Checked, check
from alliance.files.codes import codes
from alliance.files.forms import keep as keep_file
from alliance.history.record import record
from alliance.jobs import working
from alliance.workflow import Actor, NotAllowed, Refused
from members import rules
from members.choices import SealedOutcome
from members.models import Certificate, SealedItem, SealedLot
from members.models.certificate import NUMBER, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.core.files.uploadedfile import UploadedFile

    from alliance.jobs.models import Job

LOOK = "look at sealed certificates"
MOST_ITEMS, UNPACKED = 1000, 300 * MEGABYTE
CHUNK = 2**16
UTF_8 = 0x800  # the flag of a ZIP that says how a name is written; Windows in Chinese writes GBK and sets none


def receive(uploads: Iterable[UploadedFile], *, by: Actor) -> SealedLot:
    """Put what was sent down, each PDF as an item; a ZIP is taken apart. Raises a ValidationError where it is no such thing, or too much."""
    SealedLot.objects.forgotten().delete()
    with transaction.atomic():
        lot = SealedLot.objects.create(by=by)
        for name, source in every(uploads):
            put_down(lot, name, source)
    return lot


def every(uploads: Iterable[UploadedFile]) -> Iterator[tuple[str, IO[bytes]]]:
    """Each file by its name, those inside a ZIP too."""
    found = 0
    for upload in uploads:
        for name, source in unpacked(upload) if upload.name.lower().endswith(".zip") else [(upload.name, upload)]:
            found += 1
            if found > MOST_ITEMS:
                raise ValidationError(_("More than %(most)d files at once: please send them in parts.") % {"most": MOST_ITEMS})
            yield name, source


def unpacked(upload: UploadedFile) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        package = zipfile.ZipFile(upload)
    except zipfile.BadZipFile:
        raise ValidationError(_("This ZIP is damaged: please make it anew.")) from None
    with package:
        parts = [part for part in package.infolist() if not part.is_dir() and not is_litter(part.filename)]
        if sum(part.file_size for part in parts) > UNPACKED:
            raise ValidationError(_("The ZIP unpacks to more than %(most)d MB: please send it in parts.") % {"most": UNPACKED // MEGABYTE})
        for part in parts:
            try:
                with package.open(part) as source:
                    yield PurePath(name_of(part)).name, source
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
                raise ValidationError(_("This ZIP is damaged or has a password: please make it anew.")) from None


def is_litter(name: str) -> bool:
    """What a Mac or Windows puts beside the files."""
    return name.startswith("__MACOSX/") or PurePath(name).name.lower() in (".ds_store", "thumbs.db", "desktop.ini")


def name_of(part: zipfile.ZipInfo) -> str:
    if part.flag_bits & UTF_8:
        return part.filename
    with suppress(UnicodeError):
        return part.filename.encode("cp437").decode("gb18030")
    return part.filename


def put_down(lot: SealedLot, name: str, source: IO[bytes]) -> None:
    """Its bytes lie apart until they are looked at; what is no PDF is refused at once, and none of it is kept."""
    item = SealedItem(lot=lot, file_name=name[-200:])
    if not name.lower().endswith(".pdf"):
        refuse(item, _("Only PDFs are taken in here."))
    else:
        path = shelf.coming()
        with shelf.create(path) as target:
            size = 0
            while size <= MOST["pdf"] and (chunk := source.read(CHUNK)):
                size += target.write(chunk)
        item.place = path.name
    item.save()


def refuse(item: SealedItem, why: str) -> None:
    item.outcome, item.why = SealedOutcome.REFUSED, why[:300]


def look_at(lot: SealedLot, *, by: Actor) -> Job:
    """Look at every item, as long work; its page leads back to the lot."""
    items = list(lot.items.waiting().values_list("pk", flat=True))
    return working.ask(LOOK, items, label=_("Looking at sealed certificates"), by=by, back=lot.get_absolute_url())


@working.work(LOOK)
def look(job: Job, pk: int) -> None:
    """One PDF: is it harmless, and whose certificate is it? Known by the number in its name, else by the code on its face."""
    item = SealedItem.objects.select_related("lot").get(pk=pk)
    if not (path := shelf.coming().parent / item.place).exists():
        refuse(item, _("The file is not there any more: please send it again."))
        item.save()
        return
    try:
        with path.open("rb") as contents:
            checked = check(File(contents, name=item.file_name))
    except ValidationError as wrong:
        refuse(item, " ".join(wrong.messages))
    else:
        settle(item, checked)
        item.file = keep_file(checked, about=item, by=item.lot.by)
    item.save()


def settle(item: SealedItem, checked: Checked) -> None:
    """What would become of it."""
    item.certificate = by_number(item.file_name) or by_code(checked)
    if item.certificate is None:
        item.outcome = SealedOutcome.UNMATCHED
    elif item.certificate.end:
        item.outcome = SealedOutcome.ENDED
    elif not rules.is_officer(item.lot.by, item.certificate):
        item.certificate, item.outcome = None, SealedOutcome.UNMATCHED
    elif SealedItem.objects.to_keep().filter(lot=item.lot, certificate=item.certificate).exists():
        item.outcome = SealedOutcome.TWICE
    else:
        item.outcome = SealedOutcome.AGAIN if item.certificate.sealed_id else SealedOutcome.MATCHED


def by_number(name: str) -> Certificate | None:
    found = NUMBER.search(written(name))
    return Certificate.objects.with_unit().filter(number=found[0]).first() if found else None


def by_code(checked: Checked) -> Certificate | None:
    """By the address that one of its QR codes says."""
    for said in (text for page in codes(checked) for text in page):
        *rest, code = urlsplit(said).path.strip("/").split("/")
        if rest[-1:] == ["verify"] and (found := Certificate.objects.with_unit().filter(code=code.upper()).first()):
            return found
    return None


@transaction.atomic
def keep_sealed(lot: SealedLot, *, by: Actor) -> int:
    """Put every matched PDF beside its certificate; returns how many. What was looked at is what is kept, and once."""
    lot = SealedLot.objects.select_for_update().get(pk=lot.pk)
    if not rules.is_officer(by, lot):
        raise NotAllowed(thing=lot)
    if lot.kept_at or lot.items.waiting().exists():
        raise Refused(_("It was kept already, or not all of it has been looked at."), thing=lot)
    items = {item.certificate_id: item for item in lot.items.to_keep().select_related("file")}
    kept = list(Certificate.objects.for_steps().running().filter(pk__in=items).order_by("pk"))
    for certificate in kept:
        certificate.sealed = items[certificate.pk].file
        certificate.save(update_fields=["sealed"])
        record(certificate, "keep_sealed", by=by, inputs={"file": certificate.sealed_id})
    lot.kept_at = clock.now()
    lot.save(update_fields=["kept_at"])
    return len(kept)
