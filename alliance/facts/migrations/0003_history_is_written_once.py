"""Earlier values are written once. PostgreSQL refuses anything else."""

from django.db import migrations

from alliance.history.postgresql import frozen


class Migration(migrations.Migration):
    dependencies = [("facts", "0002_names_desks_stages_and_their_history")]
    operations = [
        frozen("facts_historicalfacts"),
        frozen("facts_historicalcontactdesk"),
        frozen("facts_historicalfoundingstage"),
    ]
