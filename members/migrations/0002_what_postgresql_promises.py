"""A resolution is written once. PostgreSQL refuses to change it."""

from django.db import migrations

from alliance.history.postgresql import frozen


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [frozen("members_resolution")]
