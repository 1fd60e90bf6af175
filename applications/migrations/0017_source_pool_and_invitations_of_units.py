"""The source pool, whose units are invited by code; and invitations to act for a unit."""

import alliance.clock
import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from alliance.history.postgresql import frozen


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0016_wishes_of_units_admitted_before'),
        ('members', '0013_change_requests_and_yearly_confirmations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalProspect',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('uuid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('name', models.CharField(db_index=True, max_length=120, verbose_name='name (in full)')),
                ('jurisdiction', models.CharField(choices=[('mainland', 'Mainland China'), ('hong_kong', 'Hong Kong'), ('macao', 'Macao'), ('taiwan', 'Taiwan')], default='mainland', max_length=12, verbose_name='place of registration')),
                ('reg_no', models.CharField(blank=True, max_length=40, verbose_name='registration number')),
                ('unit_type', models.CharField(blank=True, choices=[('enterprise', 'Enterprise'), ('university', 'University'), ('institute', 'Research institute'), ('public_institution', 'Public institution'), ('service_body', 'Service body'), ('alliance', 'Industry technology innovation alliance'), ('other', 'Other unit')], max_length=20, verbose_name='type of unit')),
                ('region', models.CharField(blank=True, choices=[('Guangdong', [('440100', 'Guangzhou'), ('440200', 'Shaoguan'), ('440300', 'Shenzhen'), ('440400', 'Zhuhai'), ('440500', 'Shantou'), ('440600', 'Foshan'), ('440700', 'Jiangmen'), ('440800', 'Zhanjiang'), ('440900', 'Maoming'), ('441200', 'Zhaoqing'), ('441300', 'Huizhou'), ('441400', 'Meizhou'), ('441500', 'Shanwei'), ('441600', 'Heyuan'), ('441700', 'Yangjiang'), ('441800', 'Qingyuan'), ('441900', 'Dongguan'), ('442000', 'Zhongshan'), ('445100', 'Chaozhou'), ('445200', 'Jieyang'), ('445300', 'Yunfu')]), ('Hong Kong, Macao and Taiwan', [('810000', 'Hong Kong'), ('820000', 'Macao'), ('710000', 'Taiwan')]), ('Other provinces', [('110000', 'Beijing'), ('120000', 'Tianjin'), ('130000', 'Hebei'), ('140000', 'Shanxi'), ('150000', 'Inner Mongolia'), ('210000', 'Liaoning'), ('220000', 'Jilin'), ('230000', 'Heilongjiang'), ('310000', 'Shanghai'), ('320000', 'Jiangsu'), ('330000', 'Zhejiang'), ('340000', 'Anhui'), ('350000', 'Fujian'), ('360000', 'Jiangxi'), ('370000', 'Shandong'), ('410000', 'Henan'), ('420000', 'Hubei'), ('430000', 'Hunan'), ('450000', 'Guangxi'), ('460000', 'Hainan'), ('500000', 'Chongqing'), ('510000', 'Sichuan'), ('520000', 'Guizhou'), ('530000', 'Yunnan'), ('540000', 'Xizang'), ('610000', 'Shaanxi'), ('620000', 'Gansu'), ('630000', 'Qinghai'), ('640000', 'Ningxia'), ('650000', 'Xinjiang')])], max_length=6, verbose_name='region')),
                ('main_direction', models.CharField(blank=True, choices=[('electric', 'Electric'), ('hydrogen', 'Hydrogen fuel'), ('icv', 'Intelligent and connected'), ('infrastructure', 'Infrastructure')], max_length=16, verbose_name='main direction')),
                ('source', models.CharField(blank=True, help_text='The list it comes from, such as the institutions of the founding plan.', max_length=60, verbose_name='source')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('state', models.CharField(choices=[('new', 'Not invited yet'), ('invited', 'Invited'), ('declined', 'Declined')], default='new', max_length=10, verbose_name='state')),
                ('invited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='invited at')),
                ('code_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='code stands until')),
                ('taken_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taken up at')),
                ('added_at', models.DateTimeField(default=alliance.clock.now, editable=False, verbose_name='added at')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'unit of the source pool: earlier',
                'verbose_name_plural': 'source pool: earlier',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Prospect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name (in full)')),
                ('jurisdiction', models.CharField(choices=[('mainland', 'Mainland China'), ('hong_kong', 'Hong Kong'), ('macao', 'Macao'), ('taiwan', 'Taiwan')], default='mainland', max_length=12, verbose_name='place of registration')),
                ('reg_no', models.CharField(blank=True, max_length=40, verbose_name='registration number')),
                ('unit_type', models.CharField(blank=True, choices=[('enterprise', 'Enterprise'), ('university', 'University'), ('institute', 'Research institute'), ('public_institution', 'Public institution'), ('service_body', 'Service body'), ('alliance', 'Industry technology innovation alliance'), ('other', 'Other unit')], max_length=20, verbose_name='type of unit')),
                ('region', models.CharField(blank=True, choices=[('Guangdong', [('440100', 'Guangzhou'), ('440200', 'Shaoguan'), ('440300', 'Shenzhen'), ('440400', 'Zhuhai'), ('440500', 'Shantou'), ('440600', 'Foshan'), ('440700', 'Jiangmen'), ('440800', 'Zhanjiang'), ('440900', 'Maoming'), ('441200', 'Zhaoqing'), ('441300', 'Huizhou'), ('441400', 'Meizhou'), ('441500', 'Shanwei'), ('441600', 'Heyuan'), ('441700', 'Yangjiang'), ('441800', 'Qingyuan'), ('441900', 'Dongguan'), ('442000', 'Zhongshan'), ('445100', 'Chaozhou'), ('445200', 'Jieyang'), ('445300', 'Yunfu')]), ('Hong Kong, Macao and Taiwan', [('810000', 'Hong Kong'), ('820000', 'Macao'), ('710000', 'Taiwan')]), ('Other provinces', [('110000', 'Beijing'), ('120000', 'Tianjin'), ('130000', 'Hebei'), ('140000', 'Shanxi'), ('150000', 'Inner Mongolia'), ('210000', 'Liaoning'), ('220000', 'Jilin'), ('230000', 'Heilongjiang'), ('310000', 'Shanghai'), ('320000', 'Jiangsu'), ('330000', 'Zhejiang'), ('340000', 'Anhui'), ('350000', 'Fujian'), ('360000', 'Jiangxi'), ('370000', 'Shandong'), ('410000', 'Henan'), ('420000', 'Hubei'), ('430000', 'Hunan'), ('450000', 'Guangxi'), ('460000', 'Hainan'), ('500000', 'Chongqing'), ('510000', 'Sichuan'), ('520000', 'Guizhou'), ('530000', 'Yunnan'), ('540000', 'Xizang'), ('610000', 'Shaanxi'), ('620000', 'Gansu'), ('630000', 'Qinghai'), ('640000', 'Ningxia'), ('650000', 'Xinjiang')])], max_length=6, verbose_name='region')),
                ('main_direction', models.CharField(blank=True, choices=[('electric', 'Electric'), ('hydrogen', 'Hydrogen fuel'), ('icv', 'Intelligent and connected'), ('infrastructure', 'Infrastructure')], max_length=16, verbose_name='main direction')),
                ('source', models.CharField(blank=True, help_text='The list it comes from, such as the institutions of the founding plan.', max_length=60, verbose_name='source')),
                ('contact_name', models.CharField(blank=True, max_length=60, verbose_name='contact person')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('state', models.CharField(choices=[('new', 'Not invited yet'), ('invited', 'Invited'), ('declined', 'Declined')], default='new', max_length=10, verbose_name='state')),
                ('invited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='invited at')),
                ('code_digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='digest of the code')),
                ('code_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='code stands until')),
                ('taken_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taken up at')),
                ('added_at', models.DateTimeField(default=alliance.clock.now, editable=False, verbose_name='added at')),
            ],
            options={
                'verbose_name': 'unit of the source pool',
                'verbose_name_plural': 'source pool',
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='application',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='applications.application', verbose_name='application'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('organisation__isnull', False), ('state', 'open')), fields=('organisation', 'email'), name='one_open_invitation_of_a_unit_an_address'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application__isnull', False), ('organisation', None)), models.Q(('application', None), ('organisation__isnull', False)), _connector='OR'), name='an_invitation_is_to_one_thing'),
        ),
        migrations.AddField(
            model_name='historicalprospect',
            name='application',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='applications.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='historicalprospect',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalprospect',
            name='taken_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken up by'),
        ),
        migrations.AddField(
            model_name='prospect',
            name='application',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='prospects', to='applications.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='prospect',
            name='taken_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken up by'),
        ),
        migrations.AddIndex(
            model_name='prospect',
            index=models.Index(condition=models.Q(('code_digest', ''), _negated=True), fields=['code_digest'], name='invitations_by_code'),
        ),
        migrations.AddConstraint(
            model_name='prospect',
            constraint=models.UniqueConstraint(condition=models.Q(('reg_no', ''), _negated=True), fields=('jurisdiction', 'reg_no'), name='a_prospect_s_number_stands_once', violation_error_message='This number is in the source pool already.'),
        ),
        migrations.AddConstraint(
            model_name='prospect',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application', None), ('taken_at', None), ('taken_by', None)), models.Q(('application__isnull', False), ('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='who_takes_an_invitation_up_begins_an_application'),
        ),
        migrations.AddConstraint(
            model_name='prospect',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'invited'), _negated=True), ('invited_at__isnull', False), _connector='OR'), name='who_is_invited_was_invited_once'),
        ),
        frozen("applications_historicalprospect"),
    ]
