"""Change requests field by field, the yearly confirmation, and wishes that may be made again."""

import alliance.clock
import django.core.validators
import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from alliance.history.postgresql import frozen


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0012_certificates_again_sealed_and_sent_and_public_bodies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, validators=[django.core.validators.MinValueValidator(2020), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('open', 'Running'), ('closed', 'Closed')], default='planned', max_length=10, verbose_name='state')),
                ('opens_on', models.DateField(verbose_name='opens on')),
                ('due_on', models.DateField(verbose_name='to be confirmed by')),
                ('is_yearly', models.BooleanField(default=True, help_text='When it opens, the next one is planned for the same days a year later.', verbose_name='again next year')),
                ('opened_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opened at')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed at')),
            ],
            options={
                'verbose_name': 'yearly confirmation',
                'verbose_name_plural': 'yearly confirmations',
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='ChangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('open', 'To decide'), ('settled', 'Decided'), ('withdrawn', 'Withdrawn')], default='open', max_length=10, verbose_name='state')),
                ('words', models.TextField(blank=True, max_length=500, verbose_name='reason')),
                ('made_at', models.DateTimeField(default=alliance.clock.now, verbose_name='asked at')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
            ],
            options={
                'verbose_name': 'change request',
                'verbose_name_plural': 'change requests',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('awaited', 'Not confirmed'), ('confirmed', 'Confirmed'), ('changed', 'Confirmed with changes')], default='awaited', max_length=10, verbose_name='state')),
                ('way', models.CharField(blank=True, choices=[('portal', 'In the portal'), ('paper', 'On paper')], max_length=8, verbose_name='way')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='digest (SHA-256)')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='received on')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
            ],
            options={
                'verbose_name': 'confirmation of a unit',
                'verbose_name_plural': 'confirmations of units',
                'ordering': ['campaign', 'id'],
            },
        ),
        migrations.CreateModel(
            name='FieldDemand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('name', 'name (in full)'), ('name_en', 'English name'), ('short_name', 'short name'), ('reg_no', 'registration number'), ('other_no', 'further number'), ('unit_type', 'type of unit'), ('service_kind', 'kind of service'), ('legal_form', 'legal form'), ('ownership', 'ownership'), ('scale', 'scale'), ('founded_on', 'founded on'), ('registered_capital', 'registered capital'), ('currency', 'currency'), ('legal_representative', 'legal representative'), ('region', 'region'), ('registered_address', 'registered address'), ('postal_address', 'postal address'), ('postcode', 'postcode'), ('website', 'website'), ('main_business', 'main business or research'), ('chain_position', 'position on the industry chain'), ('specialities', 'fields of work'), ('specialities_other', 'other fields of work'), ('main_direction', 'main direction'), ('related_directions', 'related directions'), ('staff_total', 'staff'), ('staff_rd', 'research and development staff'), ('representative', 'member representative')], max_length=24, unique=True, verbose_name='field')),
                ('demand', models.CharField(choices=[('at_once', 'Changed by the unit at once'), ('asked', 'Decided by the office'), ('proven', 'Decided by the office, on a paper that proves it'), ('office', 'Changed by the office alone')], max_length=10, verbose_name='demand')),
            ],
            options={
                'verbose_name': 'demand of a field',
                'verbose_name_plural': 'demands of fields',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalFieldDemand',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('field', models.CharField(choices=[('name', 'name (in full)'), ('name_en', 'English name'), ('short_name', 'short name'), ('reg_no', 'registration number'), ('other_no', 'further number'), ('unit_type', 'type of unit'), ('service_kind', 'kind of service'), ('legal_form', 'legal form'), ('ownership', 'ownership'), ('scale', 'scale'), ('founded_on', 'founded on'), ('registered_capital', 'registered capital'), ('currency', 'currency'), ('legal_representative', 'legal representative'), ('region', 'region'), ('registered_address', 'registered address'), ('postal_address', 'postal address'), ('postcode', 'postcode'), ('website', 'website'), ('main_business', 'main business or research'), ('chain_position', 'position on the industry chain'), ('specialities', 'fields of work'), ('specialities_other', 'other fields of work'), ('main_direction', 'main direction'), ('related_directions', 'related directions'), ('staff_total', 'staff'), ('staff_rd', 'research and development staff'), ('representative', 'member representative')], db_index=True, max_length=24, verbose_name='field')),
                ('demand', models.CharField(choices=[('at_once', 'Changed by the unit at once'), ('asked', 'Decided by the office'), ('proven', 'Decided by the office, on a paper that proves it'), ('office', 'Changed by the office alone')], max_length=10, verbose_name='demand')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'demand of a field: earlier',
                'verbose_name_plural': 'demands of fields: earlier',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RequestedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('name', 'name (in full)'), ('name_en', 'English name'), ('short_name', 'short name'), ('reg_no', 'registration number'), ('other_no', 'further number'), ('unit_type', 'type of unit'), ('service_kind', 'kind of service'), ('legal_form', 'legal form'), ('ownership', 'ownership'), ('scale', 'scale'), ('founded_on', 'founded on'), ('registered_capital', 'registered capital'), ('currency', 'currency'), ('legal_representative', 'legal representative'), ('region', 'region'), ('registered_address', 'registered address'), ('postal_address', 'postal address'), ('postcode', 'postcode'), ('website', 'website'), ('main_business', 'main business or research'), ('chain_position', 'position on the industry chain'), ('specialities', 'fields of work'), ('specialities_other', 'other fields of work'), ('main_direction', 'main direction'), ('related_directions', 'related directions'), ('staff_total', 'staff'), ('staff_rd', 'research and development staff'), ('representative', 'member representative')], max_length=24, verbose_name='field')),
                ('old', models.JSONField(verbose_name='stood there')),
                ('new', models.JSONField(verbose_name='asked for')),
                ('answer', models.CharField(choices=[('open', 'Not decided'), ('accepted', 'Accepted'), ('refused', 'Refused')], default='open', max_length=10, verbose_name='answer')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='words to the unit')),
            ],
            options={
                'verbose_name': 'requested change',
                'verbose_name_plural': 'requested changes',
                'ordering': ['id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='wish',
            name='a_unit_has_a_wish_once',
        ),
        migrations.AlterField(
            model_name='wish',
            name='state',
            field=models.CharField(choices=[('open', 'To decide'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='open', max_length=10, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('unit', 'body', 'kind'), name='a_unit_has_an_open_wish_once'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('opens_on'))), name='a_campaign_is_due_after_it_opens', violation_error_message='It is due after it opens.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('state',), name='one_campaign_runs_at_a_time', violation_error_message='Another yearly confirmation is running: close it first.'),
        ),
        migrations.AddField(
            model_name='changerequest',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='changerequest',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='changerequest',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_requests', to='members.memberunit', verbose_name='member unit'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='members.campaign', verbose_name='yearly confirmation'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed or entered by'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='members.changerequest', verbose_name='change request'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='members.memberunit', verbose_name='member unit'),
        ),
        migrations.AddConstraint(
            model_name='fielddemand',
            constraint=models.CheckConstraint(condition=models.Q(('demand', 'at_once'), ('field__in', ('name', 'representative')), _negated=True), name='what_has_a_step_is_not_changed_at_once', violation_error_message='A name or a representative changes by a step of the office, never at once.'),
        ),
        migrations.AddField(
            model_name='historicalfielddemand',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='requestedchange',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='members.changerequest', verbose_name='change request'),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('unit',), name='a_unit_has_one_open_change_request'),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='who_settles_a_change_request_says_when'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('campaign', 'unit'), name='a_unit_confirms_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('state', 'awaited'), ('way', '')), models.Q(models.Q(('state', 'awaited'), _negated=True), ('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('way', ''), _negated=True)), _connector='OR'), name='who_confirms_says_when_and_how'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'changed'), _negated=True), ('request__isnull', False), _connector='OR'), name='changes_are_asked_for_by_a_request'),
        ),
        migrations.AddConstraint(
            model_name='requestedchange',
            constraint=models.UniqueConstraint(fields=('request', 'field'), name='a_request_asks_for_a_field_once'),
        ),
        frozen("members_historicalfielddemand"),
    ]
