"""Events and seals: PostgreSQL refuses to change them."""

from django.db import migrations

from alliance.history.postgresql import frozen


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [frozen("history_event"), frozen("history_seal")]
