"""Versions and decisions are written once; batches do not overlap. PostgreSQL refuses anything else."""

from django.db import migrations

from alliance.history.postgresql import frozen, without_overlap


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]
    operations = [
        frozen("applications_version"),
        frozen("applications_decision"),
        without_overlap("applications_batch", "batches_do_not_overlap", "tstzrange(opens_at, closes_at) WITH &&", deferred=True),
    ]
