"""Earlier values are written once, and so is what somebody agreed to. PostgreSQL refuses anything else."""

from django.db import migrations

from alliance.history.postgresql import frozen


class Migration(migrations.Migration):
    dependencies = [("applications", "0008_experts_reviews_enquiries_and_consents")]
    operations = [
        frozen("applications_consenttext"),
        frozen("applications_historicalrequiredpaper"),
    ]
