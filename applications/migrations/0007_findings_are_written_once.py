"""Findings: PostgreSQL refuses to change them."""

from django.db import migrations

from alliance.history.postgresql import frozen


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_findings_of_the_formal_check")]
    operations = [frozen("applications_finding")]
