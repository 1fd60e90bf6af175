"""Tenures do not overlap, neither on a seat nor of a unit in a term. PostgreSQL refuses anything else."""

from django.db import migrations

from alliance.history.postgresql import without_overlap

PERIOD = "daterange(begins_on, ended_on) WITH &&"


class Migration(migrations.Migration):
    dependencies = [("council", "0001_initial")]
    operations = [
        without_overlap("council_unittenure", "tenures_of_a_seat_do_not_overlap", f"seat_id WITH =, {PERIOD}"),
        without_overlap("council_unittenure", "tenures_of_a_unit_do_not_overlap", f"term_id WITH =, unit_id WITH =, {PERIOD}"),
    ]
