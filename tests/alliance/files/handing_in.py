"""How files come in, and what lies in the home."""

from __future__ import annotations

import errno
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alliance.files.checking import check
from alliance.files.forms import keep
from alliance.files.models import StoredFile
from tests.alliance import hostile


def page_of(application) -> str:
    return reverse("applications:attachments", args=[application.uuid])


def post(client, application, name: str, contents: bytes, kind: str = "certificate"):
    """What a browser sends, and what a browser would never send: the name stands as it is."""
    parts = [
        b'--edge\r\nContent-Disposition: form-data; name="kind"\r\n\r\n' + kind.encode(),
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n\r\n' + contents,
        b"--edge--\r\n",
    ]
    return client.generic("POST", page_of(application), b"\r\n".join(parts), content_type="multipart/form-data; boundary=edge")


def upload(name: str, contents: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, contents)


def code(client, address: str) -> int:
    """How an address answers; a file that is being handed out is read to its end, which closes it."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def stored(about, case: str = "a JPEG", by=None, **changes) -> StoredFile:
    name, make, _kind = hostile.GOOD[case]
    made = keep(check(upload(name, make())), about=about, by=by or about.applicant)
    if changes:
        StoredFile.objects.filter(pk=made.pk).update(**changes)
        made.refresh_from_db()
    return made


def lying(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def client_of(role, people) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(people, role))
    return client


def no_room(*_words, **_named):
    raise OSError(errno.ENOSPC, "No space left on device")
