"""Receiving a large upload: never more of it on the disk than could be accepted, and no trace of one that is cut off."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from alliance.files import shelf
from alliance.files.apart.limits import MOST_OF_ANY


class BoundedUploadHandler(FileUploadHandler):
    """Writes an upload to a file without a name under the portal's home.

    What is larger than anything accepted is counted to its end and not written: the form then says how much is accepted.
    A full disk is noted on the upload (`has_no_room`), for the form to say so.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file: Any = None
        self.has_no_room = False
        self.guarded(self.open)

    def open(self) -> None:
        self.file = tempfile.TemporaryFile(dir=shelf.coming().parent)  # noqa: SIM115 — closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.file and start < MOST_OF_ANY + 1:
            self.guarded(lambda: self.file.write(raw_data))

    def file_complete(self, file_size: int) -> UploadedFile:
        if self.file:
            self.guarded(lambda: self.file.seek(0))
        upload = UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra)
        upload.has_no_room = self.has_no_room
        return upload

    def upload_interrupted(self) -> None:
        if getattr(self, "file", None):
            self.file.close()

    def guarded(self, write: Any) -> None:
        """Do it; a full disk ends the writing, not the request."""
        try:
            write()
        except OSError as failure:
            if failure.errno not in shelf.FULL:
                raise
            self.file, self.has_no_room = None, True
