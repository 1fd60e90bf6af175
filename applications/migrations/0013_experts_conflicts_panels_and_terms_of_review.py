"""Expert review by batch: its terms, conflicts of interest, panels; an address for each assignment."""

import alliance.clock
import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


def give_addresses(apps, _editor):
    """What was assigned before gets its address."""
    assignment = apps.get_model("applications", "Assignment")
    for pk in assignment.objects.values_list("pk", flat=True):
        assignment.objects.filter(pk=pk).update(uuid=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0012_who_writes_and_what_was_submitted'),
        ('members', '0005_colleagues_of_a_department'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('declared', 'Declared by the expert'), ('pinned', 'Entered by the office')], default='pinned', max_length=10, verbose_name='how it is known')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('noted_at', models.DateTimeField(default=alliance.clock.now, verbose_name='noted at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
            ],
            options={
                'verbose_name': 'conflict of interest',
                'verbose_name_plural': 'conflicts of interest',
                'ordering': ['-noted_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='GroupOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('advice', models.CharField(choices=[('admit', 'Admit'), ('doubt', 'Deliberate closely'), ('refuse', 'Do not admit')], max_length=10, verbose_name='advice')),
                ('opinion', models.TextField(max_length=2000, verbose_name='group opinion')),
                ('recorded_at', models.DateTimeField(default=alliance.clock.now, verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'group opinion',
                'verbose_name_plural': 'group opinions',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='held on')),
            ],
            options={
                'verbose_name': 'panel session',
                'verbose_name_plural': 'panel sessions',
                'ordering': ['-held_on', '-id'],
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='uuid',
            field=models.UUIDField(null=True, editable=False),
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='assignment',
            name='uuid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name='batch',
            name='expert_review',
            field=models.BooleanField(default=False, help_text='Whether experts score the applications before the meeting.', verbose_name='expert review'),
        ),
        migrations.AddField(
            model_name='batch',
            name='most_reviews',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty: any number.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='applications per expert at most'),
        ),
        migrations.AddField(
            model_name='batch',
            name='review_days',
            field=models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1)], verbose_name='working days for a review'),
        ),
        migrations.AddField(
            model_name='batch',
            name='reviewers',
            field=models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='experts per application'),
        ),
        migrations.AddField(
            model_name='batch',
            name='weight_capacity',
            field=models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(100)], verbose_name="weight: Capacity to undertake the alliance's work"),
        ),
        migrations.AddField(
            model_name='batch',
            name='weight_climate',
            field=models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='weight: Climate of innovation'),
        ),
        migrations.AddField(
            model_name='batch',
            name='weight_industry',
            field=models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='weight: Conditions for industrialisation'),
        ),
        migrations.AddField(
            model_name='batch',
            name='weight_representative',
            field=models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='weight: Representative and influential'),
        ),
        migrations.AddField(
            model_name='batch',
            name='weight_research',
            field=models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='weight: Research capability'),
        ),
        migrations.AddField(
            model_name='batch',
            name='weight_service',
            field=models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='weight: Service capability'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='assigned_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned by'),
        ),
        migrations.AlterField(
            model_name='score',
            name='points',
            field=models.PositiveSmallIntegerField(choices=[(1, 'Does not meet it'), (2, 'Weak'), (3, 'Meets it'), (4, 'Good'), (5, 'Outstanding')], validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='points'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('weight_capacity', 0), ('weight_climate', 0), ('weight_industry', 0), ('weight_representative', 0), ('weight_research', 0), ('weight_service', 0), _negated=True), name='some_criterion_of_a_batch_weighs', violation_error_message='At least one criterion has to weigh something.'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='expert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='members.expert', verbose_name='expert'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='noted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='groupopinion',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='group_opinions', to='applications.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='groupopinion',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='panel',
            name='batch',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='panel', to='applications.batch', verbose_name='batch'),
        ),
        migrations.AddField(
            model_name='panel',
            name='leader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels_led', to='members.expert', verbose_name='panel leader'),
        ),
        migrations.AddField(
            model_name='groupopinion',
            name='panel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='applications.panel', verbose_name='panel session'),
        ),
        migrations.AddConstraint(
            model_name='conflict',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('expert', 'organisation'), name='one_running_conflict_an_expert_and_organisation', violation_error_message='This conflict is on file already.'),
        ),
        migrations.AddConstraint(
            model_name='conflict',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('noted_at')), _connector='OR'), name='a_conflict_ends_after_it_was_noted'),
        ),
        migrations.AddConstraint(
            model_name='groupopinion',
            constraint=models.UniqueConstraint(fields=('panel', 'application'), name='a_panel_says_one_thing_of_an_application'),
        ),
    ]
