"""Drafts get their writer, and versions their submission; what is kept of them is written once."""

from django.db import migrations

from alliance.history.postgresql import frozen


def tell(apps, _editor):
    """Until now whoever began a draft wrote it alone, and every version was submitted when it was frozen."""
    application, writer = apps.get_model("applications", "Application"), apps.get_model("applications", "Writer")
    version, submission = apps.get_model("applications", "Version"), apps.get_model("applications", "Submission")
    drafts = application.objects.filter(organisation=None).values_list("pk", "applicant", "started_at")
    writer.objects.bulk_create(writer(application_id=pk, user_id=user, role="owns", since=since) for pk, user, since in drafts.iterator())
    versions = version.objects.order_by("pk").values_list("pk", "frozen_at", "frozen_by")
    submission.objects.bulk_create(submission(version_id=pk, submitted_at=at, submitted_by_id=by) for pk, at, by in versions.iterator())


class Migration(migrations.Migration):
    dependencies = [("applications", "0011_applying_together_sealing_and_on_behalf")]
    operations = [
        migrations.RunPython(tell, migrations.RunPython.noop),
        frozen("applications_submission"),
        frozen("applications_original"),
        frozen("applications_extension"),
        frozen("applications_enquirymessage"),
        frozen("applications_historicalfrequentquestion"),
    ]
