"""What was nominated before there were calls stands in one that is settled; tenures that ended have a cause."""

from django.db import migrations
from django.db.models import Min


def settle(apps, schema_editor):
    """One call a term, from the first nomination to the last."""
    nominations, calls = apps.get_model("council", "Nomination").objects, apps.get_model("council", "Call").objects
    for term, first in nominations.order_by().values("term").annotate(first=Min("nominated_at")).values_list("term", "first"):
        call = calls.create(term_id=term, opens_on=first.date(), closes_on=first.date(), state="settled")
        nominations.filter(term=term).update(call=call)
    apps.get_model("council", "UnitTenure").objects.exclude(ended_on=None).filter(cause="").update(cause="left")


class Migration(migrations.Migration):
    dependencies = [("council", "0004_calls_causes_and_co_options")]
    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
