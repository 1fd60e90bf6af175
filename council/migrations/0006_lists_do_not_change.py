"""Every nomination has its call; a list that is drawn up does not change; a seat is taken by election or co-option."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from alliance.history.postgresql import frozen_once

LISTED = ("place", "call_id", "term_id", "tier", "direction", "unit_id", "person_id")
CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in LISTED)
DRAWN = "NEW.digest IS DISTINCT FROM OLD.digest OR NEW.drawn_up_at IS DISTINCT FROM OLD.drawn_up_at"


class Migration(migrations.Migration):
    dependencies = [("council", "0005_a_call_for_what_was_nominated")]
    operations = [
        migrations.AlterField(
            model_name="nomination",
            name="call",
            field=models.ForeignKey(on_delete=PROTECT, related_name="nominations", to="council.call", verbose_name="call for nominations"),
        ),
        migrations.AddConstraint(
            model_name='unittenure',
            constraint=models.CheckConstraint(condition=models.Q(('contest__isnull', False), ('resolution__isnull', False), _connector='OR'), name='a_seat_is_taken_by_election_or_co_option'),
        ),
        migrations.AddConstraint(
            model_name='unittenure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cause', ''), ('ended_on', None)), models.Q(('ended_on__isnull', False), models.Q(('cause', ''), _negated=True)), _connector='OR'), name='an_ended_tenure_has_its_cause'),
        ),
        frozen_once("council_nomination", "a_place_on_the_list_does_not_change", "OLD.place IS NOT NULL", CHANGED),
        frozen_once("council_call", "a_list_that_is_drawn_up_does_not_change", "OLD.digest <> ''", DRAWN),
    ]
