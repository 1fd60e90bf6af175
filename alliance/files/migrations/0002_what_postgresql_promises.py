"""A file is written once: after that only what the virus scanner says is added. PostgreSQL refuses anything else."""

from django.db import migrations

from alliance.history.postgresql import frozen_once

WRITTEN = "uuid, title, kind, size, sha256, pages, signed, kind_of_thing, thing_id, uploaded_by_id, uploaded_at".split(", ")
OLD, NEW = (", ".join(f"{row}.{column}" for column in WRITTEN) for row in ("OLD", "NEW"))


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [frozen_once("files_storedfile", "a_file_is_written_once", "TRUE", f"({OLD}) IS DISTINCT FROM ({NEW})")]
