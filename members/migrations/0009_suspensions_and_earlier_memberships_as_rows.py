"""Units that are suspended have a suspension as a row, and a membership names the one before it."""

from django.db import migrations

SHANGHAI_HOURS = 8


def write_down(apps, editor):
    from datetime import timedelta

    MemberUnit, Suspension, Event = (
        apps.get_model(*name) for name in (("members", "MemberUnit"), ("members", "Suspension"), ("history", "Event"))
    )
    for unit in MemberUnit.objects.filter(state="suspended"):
        event = Event.objects.filter(kind="members.memberunit", thing_id=unit.pk, step="suspend").order_by("id").last()
        begins_on = (event.at + timedelta(hours=SHANGHAI_HOURS)).date() if event else unit.admitted_on
        Suspension.objects.create(unit=unit, begins_on=begins_on, by_id=event.actor_id if event else None)
    before = {}
    for unit in MemberUnit.objects.order_by("organisation", "admitted_on", "pk"):
        if earlier := before.get(unit.organisation_id):
            MemberUnit.objects.filter(pk=unit.pk).update(previous=earlier)
        before[unit.organisation_id] = unit.pk


class Migration(migrations.Migration):
    dependencies = [("members", "0008_life_of_a_membership"), ("history", "0001_initial")]
    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
