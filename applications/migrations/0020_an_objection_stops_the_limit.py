"""While an objection is open nothing is due: the moment at which the notice stopped is the objection's own."""

from django.db import migrations


def nothing_is_due(apps, _editor):
    apps.get_model("applications", "Application").objects.filter(state="objection").update(due_at=None)


class Migration(migrations.Migration):
    dependencies = [("applications", "0019_which_batch_was_decided")]

    operations = [migrations.RunPython(nothing_is_due, migrations.RunPython.noop)]
