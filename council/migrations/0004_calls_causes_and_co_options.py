import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0003_honorary_chairs'),
        ('members', '0014_rules_and_limits_of_a_term'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActingChair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField(verbose_name='in office since')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the end')),
            ],
            options={
                'verbose_name': 'acting chair',
                'verbose_name_plural': 'acting chairs',
                'ordering': ['-begins_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('term', 'Election of the council'), ('vacancy', 'By-election to vacant seats')], default='term', max_length=10, verbose_name='kind')),
                ('opens_on', models.DateField(verbose_name='nominations from')),
                ('closes_on', models.DateField(help_text='The last day, to its end.', verbose_name='nominations until')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('open', 'Nominations are taken'), ('drawn_up', 'List drawn up'), ('published', 'List published'), ('settled', 'List settled'), ('cancelled', 'Cancelled')], default='planned', max_length=10, verbose_name='state')),
                ('published_on', models.DateField(blank=True, editable=False, null=True, verbose_name='list published on')),
                ('published_until', models.DateField(blank=True, editable=False, null=True, verbose_name='list published until')),
                ('drawn_up_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='list drawn up at')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='digest (SHA-256)')),
            ],
            options={
                'verbose_name': 'call for nominations',
                'verbose_name_plural': 'calls for nominations',
                'ordering': ['-opens_on', '-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='nomination',
            name='a_unit_is_nominated_once_for_a_post',
        ),
        migrations.AddField(
            model_name='nomination',
            name='birth_year',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Only for a chair or vice-chair, where the charter has an age limit; it is not published.', null=True, verbose_name='year of birth'),
        ),
        migrations.AddField(
            model_name='nomination',
            name='place',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='place on the list'),
        ),
        migrations.AddField(
            model_name='nomination',
            name='put_forward_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='put_forward', to='members.resolution', verbose_name='put forward by resolution (推选)'),
        ),
        migrations.AddField(
            model_name='unittenure',
            name='cause',
            field=models.CharField(blank=True, choices=[('left', 'Its membership ended'), ('handed_on', 'Handed on to the successor'), ('gave_up', 'Gave up its seat'), ('recalled', 'Recalled by resolution'), ('corrected', 'The result was corrected'), ('term_ended', 'The term ended')], max_length=12, verbose_name='cause of the end'),
        ),
        migrations.AddField(
            model_name='unittenure',
            name='resolution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='co_opted', to='members.resolution', verbose_name='co-opted by resolution (增补)'),
        ),
        migrations.AlterField(
            model_name='nomination',
            name='state',
            field=models.CharField(choices=[('nominated', 'Nominated'), ('unit_agreed', 'Accepted by the unit; the person is asked'), ('consented', 'Accepted by the nominee'), ('shortlisted', 'Shortlisted'), ('declined', 'Declined by the nominee'), ('withdrawn', 'Withdrawn by the nominee'), ('blocked', 'Not eligible')], default='nominated', max_length=12, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='actingchair',
            name='resolution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acting_chairs', to='members.resolution', verbose_name='resolution'),
        ),
        migrations.AddField(
            model_name='actingchair',
            name='tenure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acting', to='council.unittenure', verbose_name='tenure of the vice-chair unit'),
        ),
        migrations.AddField(
            model_name='actingchair',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acting_chairs', to='members.term', verbose_name='term'),
        ),
        migrations.AddField(
            model_name='call',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='members.term', verbose_name='term'),
        ),
        migrations.AddField(
            model_name='nomination',
            name='call',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='council.call', verbose_name='call for nominations'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(fields=('call', 'tier', 'direction', 'place'), name='a_place_on_a_list_is_taken_once'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.CheckConstraint(condition=models.Q(('birth_year', None), models.Q(('birth_year__gte', 1900), ('birth_year__lte', 2100)), _connector='OR'), name='a_year_of_birth_has_four_digits', violation_error_message='A year of birth has four digits, such as 1968.'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('nominated', 'unit_agreed', 'consented', 'shortlisted'))), fields=('call', 'unit', 'tier', 'direction'), name='a_unit_is_nominated_once_for_a_post'),
        ),
        migrations.AddConstraint(
            model_name='actingchair',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('begins_on')), _connector='OR'), name='actingchair_ends_after_beginning'),
        ),
        migrations.AddConstraint(
            model_name='actingchair',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('term',), name='one_unit_acts_for_the_chair', violation_error_message='Another unit acts for the chair already.'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('planned', 'open', 'drawn_up', 'published'))), fields=('term',), name='one_running_call_a_term', violation_error_message='Another call for nominations runs in this term: bring it to its end first.'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='a_call_opens_before_it_closes', violation_error_message='Nominations end on a later day than they begin, or on the same.'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_on', None), ('published_until', None)), ('published_until__gte', models.F('published_on')), _connector='OR'), name='a_list_is_published_for_days'),
        ),
        migrations.AddField(
            model_name="honorarychair",
            name="consented_on",
            field=models.DateField(blank=True, help_text="The day the person agreed that their name stands on the public page (PIPL, article 25). Empty: it does not.", null=True, verbose_name="agreed to be named on"),
        ),
        migrations.AddField(
            model_name="historicalhonorarychair",
            name="consented_on",
            field=models.DateField(blank=True, help_text="The day the person agreed that their name stands on the public page (PIPL, article 25). Empty: it does not.", null=True, verbose_name="agreed to be named on"),
        ),
    ]
