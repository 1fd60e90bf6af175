"""What units had in mind that were admitted before there was a work list of wishes; and a handover is written once."""

from django.db import migrations

from alliance.history.postgresql import frozen


def note_wishes(apps, editor):
    """One row a unit, body and wish, as the step of admission makes them now."""
    application, body, wish = (apps.get_model(label) for label in ("applications.Application", "members.Body", "members.Wish"))
    bodies = {str(each.uuid): each for each in body.objects.filter(kind__in=["branch", "working_group"], dissolved_on=None)}
    secretariat = list(body.objects.filter(kind="secretariat", dissolved_on=None))
    found = []
    for each in application.objects.filter(state="admitted").only("unit", "groups_wanted", "intent").iterator():
        chosen = [bodies[key] for key in each.groups_wanted if key in bodies]
        hosted = [*secretariat, *(one for one in chosen if one.kind == "branch")] if each.intent == "operate" else []
        found += [wish(unit_id=each.unit_id, body=one, kind=kind) for kind, many in (("join", chosen), ("host", hosted)) for one in many]
    wish.objects.bulk_create(found, ignore_conflicts=True, batch_size=1000)


class Migration(migrations.Migration):
    """Rows for units that are there already."""

    dependencies = [("applications", "0015_casework_of_the_office"), ("members", "0007_branch_staff_and_wishes")]
    operations = [migrations.RunPython(note_wishes, migrations.RunPython.noop), frozen("applications_handover")]
