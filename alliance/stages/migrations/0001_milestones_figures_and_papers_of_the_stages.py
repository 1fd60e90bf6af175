"""Milestones, figures and papers of the five stages, with their earlier values."""

import alliance.stages.models
import alliance.text
import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from alliance.history.postgresql import frozen
from alliance.tables import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('facts', '0007_signs_on_ballots'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    tables = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('months', 'Months of preparation'), ('surveys', 'Surveys'), ('visits', 'Site visits'), ('web_meetings', 'Web meetings'), ('working_meetings', 'Working meetings'), ('reviews', 'Expert reviews'), ('experts', 'Experts consulted'), ('papers', 'Sets of papers'), ('conferences', 'Large conferences'), ('matchmaking', 'Matchmaking events'), ('salons', 'Salons'), ('trainings', 'Trainings')], editable=False, max_length=20, unique=True, verbose_name='what was counted')),
                ('count', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='how many')),
                ('roundness', models.CharField(choices=[('exact', 'exactly'), ('over', 'more than'), ('nearly', 'nearly')], default='exact', max_length=6, verbose_name='meant as')),
            ],
            options={
                'verbose_name': 'figure of the preparation',
                'verbose_name_plural': 'figures of the preparation',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='StagePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('work_plan', 'Work plan'), ('handbook', 'Handbook'), ('work_rules', 'Working rules'), ('work_report', 'Work report'), ('call', 'Call for members'), ('building_plan', 'Plan for building the alliance'), ('founding_report', 'Report on the founding plan'), ('whole_plan', 'Plan of the whole'), ('declaration', 'Application for approval'), ('election_method', 'Election method'), ('agenda', 'Agenda'), ('script', "Host's script"), ('preparation_report', 'Report on the preparation')], editable=False, max_length=20, unique=True, verbose_name='name')),
                ('number', models.CharField(blank=True, help_text='Of the attached file, if it has one.', max_length=60, validators=[alliance.text.refuse_hidden], verbose_name='document number')),
                ('dated_on', models.DateField(blank=True, help_text='The day that stands on the attached file.', null=True, verbose_name='dated')),
            ],
            options={
                'verbose_name': 'paper of a stage',
                'verbose_name_plural': 'papers of the stages',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalActivity',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('months', 'Months of preparation'), ('surveys', 'Surveys'), ('visits', 'Site visits'), ('web_meetings', 'Web meetings'), ('working_meetings', 'Working meetings'), ('reviews', 'Expert reviews'), ('experts', 'Experts consulted'), ('papers', 'Sets of papers'), ('conferences', 'Large conferences'), ('matchmaking', 'Matchmaking events'), ('salons', 'Salons'), ('trainings', 'Trainings')], db_index=True, editable=False, max_length=20, verbose_name='what was counted')),
                ('count', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='how many')),
                ('roundness', models.CharField(choices=[('exact', 'exactly'), ('over', 'more than'), ('nearly', 'nearly')], default='exact', max_length=6, verbose_name='meant as')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'figure of the preparation: earlier',
                'verbose_name_plural': 'figures of the preparation: earlier',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalMilestone',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('step', models.CharField(blank=True, choices=[('research', 'Surveys, site visits and meetings with experts'), ('call', 'Publish the call for members'), ('selection', 'Select representative and influential leading units'), ('council', 'Preparatory council meeting: put forward the first chair, vice-chairs and secretary-general'), ('prospects', 'Meeting of the prospective members'), ('report', 'Report to the leaders of the Department'), ('revision', "Improve the founding report on the experts' opinions"), ('declaration', 'Write the application for approval'), ('submission', 'Submit it to government for review and approval'), ('meeting', 'Prepare the founding meeting'), ('election', 'Founding meeting: elect the council, the Expert Committee and the secretary-general'), ('unveiling', 'Unveiling and press'), ('reports', 'Forecasts, yearbook and annual report'), ('guides', 'Guides for major projects'), ('platform', 'Information site and database platform'), ('events', 'Competitions, forums, summits and matchmaking'), ('growth', 'Members and functions grow step by step')], editable=False, max_length=12, verbose_name='step of the plan')),
                ('what', models.CharField(blank=True, help_text="Empty where the plan's own words serve. Public ones are read by everybody: no names of persons.", max_length=120, validators=[alliance.text.refuse_hidden], verbose_name='what is reached')),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name='planned for')),
                ('done_on', models.DateField(blank=True, null=True, validators=[alliance.stages.models.not_ahead], verbose_name='done on')),
                ('is_public', models.BooleanField(default=True, help_text='Unticked it is seen at the desk alone.', verbose_name='shown to everybody')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stage', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='facts.foundingstage', verbose_name='stage')),
            ],
            options={
                'verbose_name': 'milestone: earlier',
                'verbose_name_plural': 'milestones: earlier',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalStagePaper',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(choices=[('work_plan', 'Work plan'), ('handbook', 'Handbook'), ('work_rules', 'Working rules'), ('work_report', 'Work report'), ('call', 'Call for members'), ('building_plan', 'Plan for building the alliance'), ('founding_report', 'Report on the founding plan'), ('whole_plan', 'Plan of the whole'), ('declaration', 'Application for approval'), ('election_method', 'Election method'), ('agenda', 'Agenda'), ('script', "Host's script"), ('preparation_report', 'Report on the preparation')], db_index=True, editable=False, max_length=20, verbose_name='name')),
                ('number', models.CharField(blank=True, help_text='Of the attached file, if it has one.', max_length=60, validators=[alliance.text.refuse_hidden], verbose_name='document number')),
                ('dated_on', models.DateField(blank=True, help_text='The day that stands on the attached file.', null=True, verbose_name='dated')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'paper of a stage: earlier',
                'verbose_name_plural': 'papers of the stages: earlier',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(blank=True, choices=[('research', 'Surveys, site visits and meetings with experts'), ('call', 'Publish the call for members'), ('selection', 'Select representative and influential leading units'), ('council', 'Preparatory council meeting: put forward the first chair, vice-chairs and secretary-general'), ('prospects', 'Meeting of the prospective members'), ('report', 'Report to the leaders of the Department'), ('revision', "Improve the founding report on the experts' opinions"), ('declaration', 'Write the application for approval'), ('submission', 'Submit it to government for review and approval'), ('meeting', 'Prepare the founding meeting'), ('election', 'Founding meeting: elect the council, the Expert Committee and the secretary-general'), ('unveiling', 'Unveiling and press'), ('reports', 'Forecasts, yearbook and annual report'), ('guides', 'Guides for major projects'), ('platform', 'Information site and database platform'), ('events', 'Competitions, forums, summits and matchmaking'), ('growth', 'Members and functions grow step by step')], editable=False, max_length=12, verbose_name='step of the plan')),
                ('what', models.CharField(blank=True, help_text="Empty where the plan's own words serve. Public ones are read by everybody: no names of persons.", max_length=120, validators=[alliance.text.refuse_hidden], verbose_name='what is reached')),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name='planned for')),
                ('done_on', models.DateField(blank=True, null=True, validators=[alliance.stages.models.not_ahead], verbose_name='done on')),
                ('is_public', models.BooleanField(default=True, help_text='Unticked it is seen at the desk alone.', verbose_name='shown to everybody')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='facts.foundingstage', verbose_name='stage')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['stage', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('step', ''), ('what', ''), _negated=True), name='a_milestone_says_what_is_reached'), models.UniqueConstraint(condition=models.Q(('step', ''), _negated=True), fields=('step',), name='a_step_of_the_plan_is_one_milestone')],
            },
        ),
    ]

    operations = [
        Together(tables),
        frozen('stages_historicalmilestone'),
        frozen('stages_historicalactivity'),
        frozen('stages_historicalstagepaper'),
    ]
