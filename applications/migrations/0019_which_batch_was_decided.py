"""A decision names the batch in which it was taken: a deferred application has moved on since."""

import django.db.models.deletion
from django.db import migrations, models

from alliance.history.postgresql import OnPostgresql, frozen

TABLE = "applications_decision"
THAW, FREEZE = frozen(TABLE).backwards, frozen(TABLE).forwards
CHECKED = ["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"]  # no table changes while rows wait to be checked


def name_the_batches(apps, _editor):
    """What was not deferred stays in its batch; what was, stood in the batch on which the same resolution decided, or in which it had been received."""
    decision, batch = apps.get_model("applications", "Decision"), apps.get_model("applications", "Batch")
    decision.objects.exclude(outcome="deferred").update(
        batch=models.Subquery(
            apps.get_model("applications", "Application").objects.filter(pk=models.OuterRef("application")).values("batch")[:1]
        )
    )
    for each in decision.objects.filter(batch=None).select_related("application").order_by("decided_at", "id"):
        each.batch_id = proposed(apps, each) or resolved(decision, each) or received(decision, batch, each) or each.application.batch_id
        each.save(update_fields=["batch"])


def proposed(apps, each):
    return apps.get_model("applications", "Proposal").objects.filter(decision=each).values_list("batch", flat=True).first()


def resolved(decision, each):
    others = decision.objects.filter(resolution=each.resolution_id).exclude(outcome="deferred")
    return others.values_list("batch", flat=True).first()


def received(decision, batch, each):
    earlier = decision.objects.filter(application=each.application_id, outcome="deferred", decided_at__lt=each.decided_at).last()
    came = earlier.decided_at if earlier else each.application.submitted_at
    closed = batch.objects.filter(opens_at__lte=came or each.decided_at, closes_at__lte=each.decided_at)
    return closed.order_by("-opens_at").values_list("pk", flat=True).first()


class Migration(migrations.Migration):
    dependencies = [("applications", "0018_the_application_whole")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="applications.batch",
                verbose_name="batch",
            ),
        ),
        OnPostgresql(THAW, FREEZE),
        migrations.RunPython(name_the_batches, migrations.RunPython.noop),
        OnPostgresql(CHECKED, []),
        migrations.AlterField(
            model_name="decision",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="applications.batch", verbose_name="batch"
            ),
        ),
        OnPostgresql(FREEZE, THAW),
    ]
