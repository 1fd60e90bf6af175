"""Tenures do not overlap; what is voted on and what was counted does not change. PostgreSQL refuses anything else."""

from django.db import migrations

from alliance.history.postgresql import frozen, frozen_once, without_overlap

FROZEN = ("snapshot", "snapshot_digest", "seats", "rule_numerator", "rule_denominator", "rule_inclusive", "rule_base", "term_id", "tier", "direction")
CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FROZEN)
PERIOD = "daterange(begins_on, ended_on) WITH &&"


class Migration(migrations.Migration):
    dependencies = [("council", "0001_initial")]
    operations = [
        frozen("council_tally"),
        frozen("council_count"),
        frozen_once("council_contest", "what_is_voted_on_does_not_change", "OLD.snapshot IS NOT NULL", CHANGED),
        frozen_once("council_contest", "a_certified_result_does_not_change", "OLD.result IS NOT NULL", "NEW.result IS DISTINCT FROM OLD.result"),
        without_overlap("council_unittenure", "tenures_of_a_seat_do_not_overlap", f"seat_id WITH =, {PERIOD}"),
        without_overlap("council_unittenure", "tenures_of_a_unit_do_not_overlap", f"term_id WITH =, unit_id WITH =, {PERIOD}"),
    ]
