"""Earlier values are written once, and so is what somebody agreed to. PostgreSQL refuses anything else."""

from django.db import migrations

from alliance.history.postgresql import frozen


class Migration(migrations.Migration):
    dependencies = [("members", "0003_bodies_experts_certificates_and_history")]
    operations = [
        frozen("members_historicalbody"),
        frozen("members_historicalcertificate"),
        frozen("members_historicalfielddirection"),
        frozen("members_historicalmemberunit"),
        frozen("members_historicalorganisation"),
        frozen("members_historicalterm"),
        frozen("members_verification"),
    ]
