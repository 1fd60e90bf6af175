"""Announcements, what was put right in them, and their earlier values; what was published is not rewritten on PostgreSQL."""

import alliance.clock
import alliance.text
import django.core.validators
import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from alliance.history.postgresql import frozen, frozen_once


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('call', 'Call'), ('publicity', 'Public notice'), ('result', 'Result'), ('meeting', 'Notice of a meeting'), ('news', 'News')], default='news', max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=120, validators=[alliance.text.refuse_hidden], verbose_name='title')),
                ('body', models.TextField(blank=True, help_text='Each line is a paragraph. Lines that begin with 一、 or （一） and do not end in a full stop are heads; lines that begin with “- ” are a list. Addresses beginning with https:// become links.', validators=[django.core.validators.MaxLengthValidator(20000), alliance.text.refuse_hidden], verbose_name='text')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members', 'Member units only')], default='public', max_length=8, verbose_name='for whom')),
                ('valid_from', models.DateTimeField(blank=True, null=True, verbose_name='in force from')),
                ('valid_until', models.DateTimeField(blank=True, null=True, verbose_name='in force until')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published at')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn at')),
                ('withdrawn_for', models.CharField(blank=True, editable=False, max_length=200, verbose_name='why it was withdrawn')),
            ],
            options={
                'verbose_name': 'announcement',
                'verbose_name_plural': 'announcements',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['state', '-valid_from'], name='announcements_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_from', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='an_announcement_begins_before_it_ends', violation_error_message='The last day lies before the first.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('published_at__isnull', False), ('valid_from__isnull', False)), _connector='OR'), name='what_is_published_says_since_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', False), _connector='OR'), name='what_is_withdrawn_says_since_when')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(validators=[django.core.validators.MaxLengthValidator(2000), alliance.text.refuse_hidden], verbose_name='what is put right')),
                ('made_at', models.DateTimeField(default=alliance.clock.now, verbose_name='put right at')),
                ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='announcements.announcement', verbose_name='announcement')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAnnouncement',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('uuid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('call', 'Call'), ('publicity', 'Public notice'), ('result', 'Result'), ('meeting', 'Notice of a meeting'), ('news', 'News')], default='news', max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=120, validators=[alliance.text.refuse_hidden], verbose_name='title')),
                ('body', models.TextField(blank=True, help_text='Each line is a paragraph. Lines that begin with 一、 or （一） and do not end in a full stop are heads; lines that begin with “- ” are a list. Addresses beginning with https:// become links.', validators=[django.core.validators.MaxLengthValidator(20000), alliance.text.refuse_hidden], verbose_name='text')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members', 'Member units only')], default='public', max_length=8, verbose_name='for whom')),
                ('valid_from', models.DateTimeField(blank=True, null=True, verbose_name='in force from')),
                ('valid_until', models.DateTimeField(blank=True, null=True, verbose_name='in force until')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published at')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn at')),
                ('withdrawn_for', models.CharField(blank=True, editable=False, max_length=200, verbose_name='why it was withdrawn')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'announcement: earlier',
                'verbose_name_plural': 'announcements: earlier',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        frozen('announcements_historicalannouncement'),
        frozen('announcements_correction'),
        frozen_once(
            'announcements_announcement',
            'what_was_announced_is_not_rewritten',
            'OLD.published_at IS NOT NULL',
            '(NEW.kind, NEW.title, NEW.body, NEW.audience, NEW.published_at) IS DISTINCT FROM (OLD.kind, OLD.title, OLD.body, OLD.audience, OLD.published_at)',
        ),
    ]
