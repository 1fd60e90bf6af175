"""All tables of the app as they stood when the council was built, in one step (docs/decisions/0043)."""

import alliance.clock
import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from alliance.history.postgresql import OnPostgresql, frozen, frozen_once, without_overlap
from alliance.tables import Together

VOTED_ON = (
    "snapshot", "snapshot_digest", "seats", "rule_numerator", "rule_denominator", "rule_inclusive", "rule_base", "term_id", "meeting_id",
    "kind", "tier", "direction", "body_id", "post", "drawn_from_id", "runoff_of_id",
)
LISTED = ("place", "call_id", "term_id", "tier", "direction", "unit_id", "person_id")
DRAWN_UP = ("digest", "drawn_up_at")
PERIOD = "daterange(begins_on, ended_on) WITH &&"
CANDIDATES = """
CREATE OR REPLACE FUNCTION refuse_once_voting_began() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM council_contest WHERE id IN (OLD.contest_id, NEW.contest_id) AND snapshot IS NOT NULL) THEN
    RAISE EXCEPTION 'a row of % is written once and never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$
"""


def changed(columns):
    """SQL over OLD and NEW: any of the columns is another."""
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)



class Migration(migrations.Migration):

    replaces = [
        ('council', '0001_initial'),
        ('council', '0002_what_postgresql_promises'),
        ('council', '0003_honorary_chairs'),
        ('council', '0004_calls_causes_and_co_options'),
        ('council', '0005_a_call_for_what_was_nominated'),
        ('council', '0006_lists_do_not_change'),
        ('council', '0007_plan_of_a_term'),
        ('council', '0008_contests_for_any_post_counted_twice_and_certified'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('members', '0018_the_register_whole'),
    ]

    tables = [
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='seat')),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'Chair unit'), (2, 'Vice-chair unit'), (3, 'Director unit')], verbose_name='tier')),
                ('direction', models.CharField(blank=True, choices=[('electric', 'Electric'), ('hydrogen', 'Hydrogen fuel'), ('icv', 'Intelligent and connected'), ('infrastructure', 'Infrastructure')], max_length=16, verbose_name='direction')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='members.term', verbose_name='term')),
                ('planned_from', models.DateField(blank=True, help_text='Empty: since the term was opened.', null=True, verbose_name='planned from')),
                ('planned_until', models.DateField(blank=True, help_text='Empty: it is still planned.', null=True, verbose_name='planned until')),
            ],
            options={
                'verbose_name': 'seat',
                'verbose_name_plural': 'seats',
                'ordering': ['term', 'number'],
                'constraints': [models.UniqueConstraint(fields=('term', 'number'), name='a_seat_has_its_own_number_in_its_term'), models.CheckConstraint(condition=models.Q(models.Q(('direction', ''), ('tier', 1)), models.Q(models.Q(('tier', 1), _negated=True), models.Q(('direction', ''), _negated=True)), _connector='OR'), name='only_the_chair_s_seat_has_no_direction', violation_error_message='The chair has no direction; every other seat has one.'), models.UniqueConstraint(condition=models.Q(('tier', 1)), fields=('term',), name='one_chair_a_term')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalHonoraryChair',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('begins_on', models.DateField(verbose_name='in office since')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the end')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='English name')),
                ('affiliation', models.CharField(max_length=120, verbose_name='unit and post')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolution', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='members.resolution', verbose_name='resolution')),
                ('term', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='members.term', verbose_name='term')),
                ('consented_on', models.DateField(blank=True, help_text='The day the person agreed that their name stands on the public page (PIPL, article 25). Empty: it does not.', null=True, verbose_name='agreed to be named on')),
            ],
            options={
                'verbose_name': 'honorary chair: earlier',
                'verbose_name_plural': 'honorary chairs: earlier',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HonoraryChair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField(verbose_name='in office since')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the end')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='English name')),
                ('affiliation', models.CharField(max_length=120, verbose_name='unit and post')),
                ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='honorary_chairs', to='members.resolution', verbose_name='resolution')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='honorary_chairs', to='members.term', verbose_name='term')),
                ('consented_on', models.DateField(blank=True, help_text='The day the person agreed that their name stands on the public page (PIPL, article 25). Empty: it does not.', null=True, verbose_name='agreed to be named on')),
            ],
            options={
                'verbose_name': 'honorary chair',
                'verbose_name_plural': 'honorary chairs',
                'ordering': ['-term__number', 'begins_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('begins_on')), _connector='OR'), name='honorarychair_ends_after_beginning')],
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
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='members.term', verbose_name='term')),
            ],
            options={
                'verbose_name': 'call for nominations',
                'verbose_name_plural': 'calls for nominations',
                'ordering': ['-opens_on', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('planned', 'open', 'drawn_up', 'published'))), fields=('term',), name='one_running_call_a_term', violation_error_message='Another call for nominations runs in this term: bring it to its end first.'), models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='a_call_opens_before_it_closes', violation_error_message='Nominations end on a later day than they begin, or on the same.'), models.CheckConstraint(condition=models.Q(models.Q(('published_on', None), ('published_until', None)), ('published_until__gte', models.F('published_on')), _connector='OR'), name='a_list_is_published_for_days')],
            },
        ),
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'Chair unit'), (2, 'Vice-chair unit'), (3, 'Director unit')], verbose_name='tier')),
                ('direction', models.CharField(blank=True, choices=[('electric', 'Electric'), ('hydrogen', 'Hydrogen fuel'), ('icv', 'Intelligent and connected'), ('infrastructure', 'Infrastructure')], max_length=16, verbose_name='direction')),
                ('kind', models.CharField(choices=[('recommended', 'Recommendation'), ('self', 'Self-recommendation')], max_length=12, verbose_name='way of nomination')),
                ('reason', models.TextField(max_length=500, verbose_name='reasons')),
                ('state', models.CharField(choices=[('nominated', 'Nominated'), ('unit_agreed', 'Accepted by the unit; the person is asked'), ('consented', 'Accepted by the nominee'), ('shortlisted', 'Shortlisted'), ('declined', 'Declined by the nominee'), ('withdrawn', 'Withdrawn by the nominee'), ('blocked', 'Not eligible')], default='nominated', max_length=12, verbose_name='state')),
                ('nominated_at', models.DateTimeField(default=alliance.clock.now, verbose_name='nominated at')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='members.representative', verbose_name='person')),
                ('recommender', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommends', to='members.memberunit', verbose_name='recommended by')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='members.term', verbose_name='term')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='members.memberunit', verbose_name='member unit')),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, help_text='Only for a chair or vice-chair, where the charter has an age limit; it is not published.', null=True, verbose_name='year of birth')),
                ('place', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='place on the list')),
                ('put_forward_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='put_forward', to='members.resolution', verbose_name='put forward by resolution')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='council.call', verbose_name='call for nominations')),
            ],
            options={
                'verbose_name': 'nomination',
                'verbose_name_plural': 'nominations',
                'ordering': ['tier', 'direction', 'unit__number'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'self'), ('recommender', None)), models.Q(('kind', 'recommended'), ('recommender__isnull', False)), _connector='OR'), name='a_recommendation_names_who_recommends', violation_error_message='A recommendation names the unit that recommends.'), models.CheckConstraint(condition=models.Q(('recommender', None), models.Q(('recommender', models.F('unit')), _negated=True), _connector='OR'), name='nobody_recommends_itself', violation_error_message='A unit does not recommend itself: leave the recommender empty.'), models.CheckConstraint(condition=models.Q(models.Q(('direction', ''), ('tier', 1)), models.Q(models.Q(('tier', 1), _negated=True), models.Q(('direction', ''), _negated=True)), _connector='OR'), name='only_the_chair_has_no_direction', violation_error_message='The chair has no direction; every other post has one.'), models.UniqueConstraint(fields=('call', 'tier', 'direction', 'place'), name='a_place_on_a_list_is_taken_once'), models.CheckConstraint(condition=models.Q(('birth_year', None), models.Q(('birth_year__gte', 1900), ('birth_year__lte', 2100)), _connector='OR'), name='a_year_of_birth_has_four_digits', violation_error_message='A year of birth has four digits, such as 1968.'), models.UniqueConstraint(condition=models.Q(('state__in', ('nominated', 'unit_agreed', 'consented', 'shortlisted'))), fields=('call', 'unit', 'tier', 'direction'), name='a_unit_is_nominated_once_for_a_post')],
            },
        ),
        migrations.CreateModel(
            name='PlanChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(editable=False, verbose_name='before')),
                ('after', models.JSONField(editable=False, verbose_name='after')),
                ('changed_at', models.DateTimeField(default=alliance.clock.now, verbose_name='changed at')),
                ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_changes', to='members.resolution', verbose_name='resolution')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_changes', to='members.term', verbose_name='term')),
            ],
            options={
                'verbose_name': 'change of the plan',
                'verbose_name_plural': 'changes of the plan',
                'ordering': ['-changed_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='BallotSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name on the ballot')),
                ('colour', models.CharField(choices=[('white', 'White'), ('pink', 'Pink'), ('yellow', 'Yellow'), ('green', 'Green'), ('blue', 'Blue')], default='white', max_length=10, verbose_name='colour of the paper')),
                ('state', models.CharField(choices=[('prepared', 'Prepared'), ('issued', 'Issued'), ('accounted', 'Unused ones destroyed')], default='prepared', max_length=10, verbose_name='state')),
                ('printed', models.PositiveIntegerField(editable=False, null=True, verbose_name='ballots printed')),
                ('issued', models.PositiveIntegerField(editable=False, null=True, verbose_name='ballots issued')),
                ('unused', models.PositiveIntegerField(editable=False, null=True, verbose_name='unused ballots')),
                ('destroyed_by', models.CharField(blank=True, editable=False, max_length=60, verbose_name='destroyed by')),
                ('witness', models.CharField(blank=True, editable=False, max_length=60, verbose_name='before the witness')),
                ('destroyed_at', models.DateTimeField(editable=False, null=True, verbose_name='destroyed at')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='members.meeting', verbose_name='meeting')),
            ],
            options={
                'verbose_name': 'ballot sheet',
                'verbose_name_plural': 'ballot sheets',
                'ordering': ['-meeting__held_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'name'), name='a_sheet_has_a_name_of_its_own_at_its_meeting', violation_error_message='This meeting has a ballot sheet of this name already.'), models.CheckConstraint(condition=models.Q(('state', 'prepared'), ('printed__gte', models.F('issued')), _connector='OR'), name='no_more_ballots_are_issued_than_printed'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'accounted'), _negated=True), models.Q(('printed', django.db.models.expressions.CombinedExpression(models.F('issued'), '+', models.F('unused'))), models.Q(('destroyed_by', ''), _negated=True), models.Q(('witness', ''), _negated=True)), _connector='OR'), name='every_ballot_of_a_sheet_is_accounted_for')],
            },
        ),
        migrations.CreateModel(
            name='Contest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule_numerator', models.PositiveSmallIntegerField(default=2, verbose_name='numerator')),
                ('rule_denominator', models.PositiveSmallIntegerField(default=3, verbose_name='denominator')),
                ('rule_inclusive', models.BooleanField(default=True, verbose_name='the number itself suffices')),
                ('rule_base', models.CharField(choices=[('eligible', 'of those eligible'), ('present', 'of those present'), ('valid', 'of the valid ballots')], default='present', max_length=10, verbose_name='base')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('tier', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Chair unit'), (2, 'Vice-chair unit'), (3, 'Director unit')], null=True, verbose_name='tier')),
                ('direction', models.CharField(blank=True, choices=[('electric', 'Electric'), ('hydrogen', 'Hydrogen fuel'), ('icv', 'Intelligent and connected'), ('infrastructure', 'Infrastructure')], max_length=16, verbose_name='direction')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='seats to fill')),
                ('state', models.CharField(choices=[('prepared', 'Prepared'), ('voting', 'Voting'), ('entered', 'Tally entered once'), ('counted', 'Tally entered twice'), ('announced', 'Announced'), ('signed', 'Signed by one'), ('certified', 'Certified'), ('corrected', 'Correction proposed'), ('void', 'Void')], default='prepared', max_length=10, verbose_name='state')),
                ('snapshot', models.JSONField(editable=False, null=True, verbose_name='frozen candidates, roll and rule')),
                ('snapshot_digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='digest (SHA-256)')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='members.meeting', verbose_name='meeting')),
                ('runoff_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runoff', to='council.contest', verbose_name='run-off of')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='members.term', verbose_name='term')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='members.body', verbose_name='body')),
                ('body_tenures', models.ManyToManyField(editable=False, related_name='contests', to='members.bodytenure', verbose_name='tenures in bodies')),
                ('drawn_from', models.ForeignKey(blank=True, help_text='In an election of two steps: they alone stand, and they alone vote.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='second_step', to='council.contest', verbose_name='among those elected in')),
                ('first_signer', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed first by')),
                ('kind', models.CharField(choices=[('council', 'Post of the council'), ('units', 'Council units, posts not told apart yet'), ('body', 'Post of another body')], default='council', max_length=10, verbose_name='what it fills')),
                ('post', models.CharField(blank=True, choices=[('head', 'Head'), ('deputy', 'Deputy head'), ('secretary_general', 'Secretary-general'), ('deputy_secretary', 'Deputy secretary-general'), ('host', 'Host unit'), ('member', 'Member')], max_length=20, verbose_name='post')),
                ('sheet', models.ForeignKey(blank=True, help_text='Several contests may stand on one sheet. Empty: a sheet of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='council.ballotsheet', verbose_name='ballot sheet')),
            ],
            options={
                'verbose_name': 'contest',
                'verbose_name_plural': 'contests',
                'ordering': ['-meeting__held_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('rule_numerator__gt', 0), ('rule_numerator__lte', models.F('rule_denominator'))), name='contest_passes_by_a_true_fraction', violation_error_message='The fraction lies between 0 and 1.'), models.CheckConstraint(condition=models.Q(('seats__gt', 0)), name='a_contest_fills_a_seat', violation_error_message='A contest fills at least one seat.'), models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'void']), ('snapshot__isnull', False), _connector='OR'), name='what_is_voted_on_is_frozen'), models.CheckConstraint(condition=models.Q(models.Q(('body', None), ('kind', 'council'), ('post', ''), ('tier__isnull', False)), models.Q(('body', None), ('direction', ''), ('drawn_from', None), ('kind', 'units'), ('post', ''), ('tier', None)), models.Q(('body__isnull', False), ('direction', ''), ('drawn_from', None), ('kind', 'body'), ('tier', None), models.Q(('post', ''), _negated=True)), _connector='OR'), name='a_contest_fills_one_kind_of_post', violation_error_message='A post of the council has a tier, and every tier but the chair a direction; a post of another body has the body and the post; council units have neither.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'council'), _negated=True), models.Q(('direction', ''), ('tier', 1)), models.Q(models.Q(('tier', 1), _negated=True), models.Q(('direction', ''), _negated=True)), _connector='OR'), name='only_the_chair_s_contest_has_no_direction', violation_error_message='The chair has no direction; every other post has one.')],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='council.contest', verbose_name='contest')),
                ('nomination', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='council.nomination', verbose_name='nomination')),
                ('called', models.CharField(blank=True, editable=False, max_length=320, verbose_name='on the ballot')),
                ('expert', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='members.expert', verbose_name='expert')),
                ('person', models.CharField(blank=True, help_text='By name, with whom no row here stands for.', max_length=60, verbose_name='person')),
                ('place', models.PositiveSmallIntegerField(default=0, help_text='0: behind those that have one.', verbose_name='place on the ballot')),
                ('representative', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='members.representative', verbose_name='representative')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='members.memberunit', verbose_name='member unit')),
            ],
            options={
                'verbose_name': 'candidate',
                'verbose_name_plural': 'candidates',
                'ordering': ['contest', 'place', 'id'],
                'constraints': [models.UniqueConstraint(fields=('contest', 'nomination'), name='a_candidate_stands_once_in_a_contest'), models.CheckConstraint(condition=models.Q(models.Q(('expert', None), ('nomination__isnull', False), ('person', '')), models.Q(('expert', None), ('nomination', None), ('person', ''), ('unit__isnull', False)), models.Q(('expert__isnull', False), ('nomination', None), ('person', ''), ('unit', None)), models.Q(('expert', None), ('nomination', None), ('unit', None), models.Q(('person', ''), _negated=True)), _connector='OR'), name='a_candidate_is_one_and_not_several', violation_error_message='Please name one: a nomination, a member unit, an expert, or a person.'), models.UniqueConstraint(fields=('contest', 'unit'), name='a_unit_stands_once_in_a_contest'), models.UniqueConstraint(fields=('contest', 'expert'), name='an_expert_stands_once_in_a_contest')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issued', models.PositiveIntegerField(verbose_name='ballots issued')),
                ('returned', models.PositiveIntegerField(verbose_name='ballots returned')),
                ('invalid', models.PositiveIntegerField(verbose_name='invalid ballots')),
                ('entered_at', models.DateTimeField(default=alliance.clock.now, verbose_name='entered at')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='council.contest', verbose_name='contest')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('entry', models.PositiveSmallIntegerField(choices=[(1, 'First entry'), (2, 'Second entry'), (3, 'Agreed after a recount'), (4, 'Correction')], verbose_name='entry')),
                ('overvoted', models.PositiveIntegerField(default=0, verbose_name='of these with too many chosen')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'tally',
                'verbose_name_plural': 'tallies',
                'constraints': [models.CheckConstraint(condition=models.Q(('returned__lte', models.F('issued'))), name='no_more_ballots_return_than_are_issued'), models.CheckConstraint(condition=models.Q(('invalid__lte', models.F('returned'))), name='invalid_ballots_are_among_the_returned'), models.CheckConstraint(condition=models.Q(('overvoted__lte', models.F('invalid'))), name='ballots_that_chose_too_many_are_among_the_invalid'), models.UniqueConstraint(condition=models.Q(('entry', 4), _negated=True), fields=('contest', 'entry'), name='a_tally_is_entered_once_each_way'), models.UniqueConstraint(condition=models.Q(('entry__in', [1, 2])), fields=('contest', 'entered_by'), name='a_tally_is_entered_twice_by_two_people')],
                'ordering': ['contest', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_favour', models.PositiveIntegerField(verbose_name='for')),
                ('against', models.PositiveIntegerField(verbose_name='against')),
                ('abstaining', models.PositiveIntegerField(verbose_name='abstaining')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='council.candidate', verbose_name='candidate')),
                ('tally', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='council.tally', verbose_name='tally')),
            ],
            options={
                'verbose_name': 'count',
                'verbose_name_plural': 'counts',
                'constraints': [models.UniqueConstraint(fields=('tally', 'candidate'), name='a_candidate_is_counted_once_in_an_entry')],
                'ordering': ['tally', 'candidate__place', 'candidate'],
            },
        ),
        migrations.CreateModel(
            name='UnitTenure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField(verbose_name='in office since')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the end')),
                ('contest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='council.contest', verbose_name='elected in')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='council.seat', verbose_name='seat')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='members.term', verbose_name='term')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='members.memberunit', verbose_name='member unit')),
                ('cause', models.CharField(blank=True, choices=[('left', 'Its membership ended'), ('handed_on', 'Handed on to the successor'), ('gave_up', 'Gave up its seat'), ('recalled', 'Recalled by resolution'), ('corrected', 'The result was corrected'), ('term_ended', 'The term ended')], max_length=12, verbose_name='cause of the end')),
                ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='co_opted', to='members.resolution', verbose_name='co-opted by resolution')),
            ],
            options={
                'verbose_name': 'tenure of a unit',
                'verbose_name_plural': 'tenures of units',
                'ordering': ['-begins_on', 'seat__number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('begins_on')), _connector='OR'), name='unittenure_ends_after_beginning'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('seat',), name='a_seat_has_one_holder'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('term', 'unit'), name='a_unit_holds_one_seat_a_term'), models.CheckConstraint(condition=models.Q(('contest__isnull', False), ('resolution__isnull', False), _connector='OR'), name='a_seat_is_taken_by_election_or_co_option'), models.CheckConstraint(condition=models.Q(models.Q(('cause', ''), ('ended_on', None)), models.Q(('ended_on__isnull', False), models.Q(('cause', ''), _negated=True)), _connector='OR'), name='an_ended_tenure_has_its_cause')],
            },
        ),
        migrations.CreateModel(
            name='PersonTenure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField(verbose_name='in office since')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the end')),
                ('representative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='members.representative', verbose_name='representative')),
                ('unit_tenure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='council.unittenure', verbose_name='tenure of the unit')),
            ],
            options={
                'verbose_name': 'tenure of a person',
                'verbose_name_plural': 'tenures of persons',
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('begins_on')), _connector='OR'), name='persontenure_ends_after_beginning'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('unit_tenure',), name='a_seat_is_filled_by_one_person')],
            },
        ),
        migrations.CreateModel(
            name='ActingChair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField(verbose_name='in office since')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='reason of the end')),
                ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acting_chairs', to='members.resolution', verbose_name='resolution')),
                ('tenure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acting', to='council.unittenure', verbose_name='tenure of the vice-chair unit')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acting_chairs', to='members.term', verbose_name='term')),
            ],
            options={
                'verbose_name': 'acting chair',
                'verbose_name_plural': 'acting chairs',
                'ordering': ['-begins_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('begins_on')), _connector='OR'), name='actingchair_ends_after_beginning'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('term',), name='one_unit_acts_for_the_chair', violation_error_message='Another unit acts for the chair already.')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='number in the chain')),
                ('contents', models.JSONField(verbose_name='contents')),
                ('previous', models.CharField(blank=True, max_length=64, verbose_name='digest of the result before')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='digest (SHA-256)')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason of the correction')),
                ('certified_at', models.DateTimeField(default=alliance.clock.now, verbose_name='certified at')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='council.contest', verbose_name='contest')),
                ('first_signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed first by')),
                ('second_signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='certified by')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='council.result', verbose_name='takes the place of')),
                ('tally', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='council.tally', verbose_name='tally')),
            ],
            options={
                'verbose_name': 'certified result',
                'verbose_name_plural': 'certified results',
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('first_signer', models.F('second_signer')), _negated=True), name='two_people_answer_for_a_result'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('supersedes', None)), models.Q(('supersedes__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_correction_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('runoff', 'Run-off among the tied'), ('vacant', 'The seats stay vacant'), ('admitted', 'The name written in takes part'), ('passed_over', 'The name written in does not take part')], max_length=12, verbose_name='decided')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name written in')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField(default=alliance.clock.now, verbose_name='recorded at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='council.contest', verbose_name='contest')),
                ('expert', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.expert', verbose_name='expert')),
                ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='members.resolution', verbose_name='resolution')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.memberunit', verbose_name='member unit')),
            ],
            options={
                'verbose_name': 'ruling',
                'verbose_name_plural': 'rulings',
                'ordering': ['contest', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('admitted', 'passed_over')), models.Q(('name', ''), _negated=True)), models.Q(models.Q(('kind__in', ('admitted', 'passed_over')), _negated=True), ('name', '')), _connector='OR'), name='a_ruling_on_a_name_says_which'), models.UniqueConstraint(fields=('contest', 'name'), name='a_contest_is_ruled_on_once_a_question')],
            },
        ),
        migrations.CreateModel(
            name='WriteIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name written in')),
                ('votes', models.PositiveIntegerField(verbose_name='votes')),
                ('tally', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='write_ins', to='council.tally', verbose_name='tally')),
            ],
            options={
                'verbose_name': 'write-in',
                'verbose_name_plural': 'write-ins',
                'ordering': ['tally', '-votes', 'name'],
                'constraints': [models.UniqueConstraint(fields=('tally', 'name'), name='a_name_is_written_in_once_in_an_entry'), models.CheckConstraint(condition=models.Q(('votes__gt', 0)), name='a_name_written_in_has_votes')],
            },
        ),
    ]

    operations = [
        Together(tables),
        # ── what PostgreSQL promises ──
        frozen("council_tally"),
        frozen("council_count"),
        frozen("council_writein"),
        frozen("council_ruling"),
        frozen("council_result"),
        frozen_once("council_nomination", "a_place_on_the_list_does_not_change", "OLD.place IS NOT NULL", changed(LISTED)),
        frozen_once("council_call", "a_list_that_is_drawn_up_does_not_change", "OLD.digest <> ''", changed(DRAWN_UP)),
        frozen_once("council_contest", "what_is_voted_on_does_not_change", "OLD.snapshot IS NOT NULL", changed(VOTED_ON)),
        OnPostgresql(
            ["CREATE TRIGGER what_is_voted_on_does_not_go BEFORE DELETE ON council_contest FOR EACH ROW WHEN (OLD.snapshot IS NOT NULL) EXECUTE FUNCTION refuse_to_change()"],
            ["DROP TRIGGER what_is_voted_on_does_not_go ON council_contest"],
        ),
        OnPostgresql(
            [CANDIDATES, "CREATE TRIGGER who_is_voted_on_does_not_change BEFORE INSERT OR UPDATE OR DELETE ON council_candidate FOR EACH ROW EXECUTE FUNCTION refuse_once_voting_began()"],
            ["DROP TRIGGER who_is_voted_on_does_not_change ON council_candidate", "DROP FUNCTION refuse_once_voting_began()"],
        ),
        without_overlap("council_unittenure", "tenures_of_a_seat_do_not_overlap", f"seat_id WITH =, {PERIOD}"),
        without_overlap("council_unittenure", "tenures_of_a_unit_do_not_overlap", f"term_id WITH =, unit_id WITH =, {PERIOD}"),
    ]
