"""An application has an applicant, who may hand it over; a version is frozen, and may be submitted later."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0009_consents_are_written_once"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.RemoveConstraint("application", "one_draft_a_person_and_number"),
        migrations.RenameField("application", "started_by", "applicant"),
        migrations.AlterField(
            "application",
            "applicant",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answered_for",
                to=settings.AUTH_USER_MODEL,
                verbose_name="applicant",
            ),
        ),
        migrations.AddConstraint(
            "application",
            models.UniqueConstraint(
                fields=["applicant", "jurisdiction", "reg_no"], condition=models.Q(state="draft"), name="one_draft_a_person_and_number"
            ),
        ),
        migrations.RenameField("version", "submitted_at", "frozen_at"),
        migrations.RenameField("version", "submitted_by", "frozen_by"),
    ]
