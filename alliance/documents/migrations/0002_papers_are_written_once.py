"""Templates and papers: PostgreSQL refuses to change them."""

from django.db import migrations

from alliance.history.postgresql import frozen


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [frozen("documents_template"), frozen("documents_paper")]
