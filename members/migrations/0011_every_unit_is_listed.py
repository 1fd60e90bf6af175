"""The units that belonged before there was a directory are listed."""

from django.db import migrations

from members.models.listing import COUNTED_BY, mixed
from members.spelling import spelled, words_of

AT_ONCE = 1000


def list_units(apps, schema_editor):
    Listing, MemberUnit = apps.get_model("members", "Listing"), apps.get_model("members", "MemberUnit")
    waiting = []
    for unit in MemberUnit.objects.filter(listing=None).select_related("organisation").iterator(chunk_size=AT_ONCE):
        waiting.append(listing(Listing, unit, unit.organisation))
        if len(waiting) == AT_ONCE:
            Listing.objects.bulk_create(waiting)
            waiting = []
    Listing.objects.bulk_create(waiting)


def listing(model, unit, told):
    return model(
        unit=unit,
        words=words_of([told.name, told.short_name], [told.name_en, unit.number]),
        sort_as=spelled(told.name),
        admitted_on=unit.admitted_on,
        mix=mixed({name: getattr(told, name) for name in COUNTED_BY}, told.chain_position),
        place=int(told.region or 0),
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0010_the_directory")]
    operations = [migrations.RunPython(list_units, migrations.RunPython.noop)]
