"""A contest fills a post of any body; its tally is entered twice; two people certify its result, which PostgreSQL keeps as it is.

A contest for which a run-off was called counts as certified from now on, and an earlier tally as one that was agreed on.
"""

import alliance.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from alliance.history.postgresql import frozen, frozen_once, on_postgresql

VOTED_ON = (
    "snapshot", "snapshot_digest", "seats", "rule_numerator", "rule_denominator", "rule_inclusive", "rule_base", "term_id", "meeting_id",
    "kind", "tier", "direction", "body_id", "post", "drawn_from_id", "runoff_of_id",
)
CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in VOTED_ON)
BEFORE = ("snapshot", "snapshot_digest", "seats", "rule_numerator", "rule_denominator", "rule_inclusive", "rule_base", "term_id", "tier", "direction")
CHANGED_BEFORE = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in BEFORE)
ONCE, RESULT = "what_is_voted_on_does_not_change", "a_certified_result_does_not_change"


def trigger(name, when):
    """The statement that makes a trigger of a contest."""
    return f"CREATE TRIGGER {name} BEFORE UPDATE ON council_contest FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse_to_change()"


CANDIDATES = """
CREATE OR REPLACE FUNCTION refuse_once_voting_began() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM council_contest WHERE id IN (OLD.contest_id, NEW.contest_id) AND snapshot IS NOT NULL) THEN
    RAISE EXCEPTION 'a row of % is written once and never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$
"""


def certify_those_with_a_runoff(apps, editor):
    """Their elected had taken office when the run-off was called."""
    apps.get_model("council", "Contest").objects.filter(state="runoff").update(state="certified")


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0007_plan_of_a_term'),
        ('members', '0014_rules_and_limits_of_a_term'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        on_postgresql(
            [f"DROP TRIGGER {ONCE} ON council_contest", f"DROP TRIGGER {RESULT} ON council_contest"],
            [trigger(ONCE, f"(OLD.snapshot IS NOT NULL) AND ({CHANGED_BEFORE})"), trigger(RESULT, "OLD.result IS NOT NULL AND NEW.result IS DISTINCT FROM OLD.result")],
        ),
        migrations.RunPython(certify_those_with_a_runoff, migrations.RunPython.noop),
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
            ],
            options={
                'verbose_name': 'ballot sheet',
                'verbose_name_plural': 'ballot sheets',
                'ordering': ['-meeting__held_at', 'id'],
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
            ],
            options={
                'verbose_name': 'certified result',
                'verbose_name_plural': 'certified results',
                'ordering': ['number'],
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
            ],
            options={
                'verbose_name': 'ruling',
                'verbose_name_plural': 'rulings',
                'ordering': ['contest', 'id'],
            },
        ),
        migrations.CreateModel(
            name='WriteIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name written in')),
                ('votes', models.PositiveIntegerField(verbose_name='votes')),
            ],
            options={
                'verbose_name': 'write-in',
                'verbose_name_plural': 'write-ins',
                'ordering': ['tally', '-votes', 'name'],
            },
        ),
        migrations.AlterModelOptions(
            name='candidate',
            options={'ordering': ['contest', 'place', 'id'], 'verbose_name': 'candidate', 'verbose_name_plural': 'candidates'},
        ),
        migrations.AlterModelOptions(
            name='contest',
            options={'ordering': ['-meeting__held_at', 'id'], 'verbose_name': 'contest', 'verbose_name_plural': 'contests'},
        ),
        migrations.AlterModelOptions(
            name='count',
            options={'ordering': ['tally', 'candidate__place', 'candidate'], 'verbose_name': 'count', 'verbose_name_plural': 'counts'},
        ),
        migrations.AlterModelOptions(
            name='tally',
            options={'ordering': ['contest', 'id'], 'verbose_name': 'tally', 'verbose_name_plural': 'tallies'},
        ),
        migrations.RemoveField(
            model_name='contest',
            name='result',
        ),
        migrations.AddField(
            model_name='candidate',
            name='called',
            field=models.CharField(blank=True, editable=False, max_length=320, verbose_name='on the ballot'),
        ),
        migrations.AddField(
            model_name='candidate',
            name='expert',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='members.expert', verbose_name='expert'),
        ),
        migrations.AddField(
            model_name='candidate',
            name='person',
            field=models.CharField(blank=True, help_text='By name, with whom no row here stands for.', max_length=60, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='candidate',
            name='place',
            field=models.PositiveSmallIntegerField(default=0, help_text='0: behind those that have one.', verbose_name='place on the ballot'),
        ),
        migrations.AddField(
            model_name='candidate',
            name='representative',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='members.representative', verbose_name='representative'),
        ),
        migrations.AddField(
            model_name='candidate',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='members.memberunit', verbose_name='member unit'),
        ),
        migrations.AddField(
            model_name='contest',
            name='body',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='members.body', verbose_name='body'),
        ),
        migrations.AddField(
            model_name='contest',
            name='body_tenures',
            field=models.ManyToManyField(editable=False, related_name='contests', to='members.bodytenure', verbose_name='tenures in bodies'),
        ),
        migrations.AddField(
            model_name='contest',
            name='drawn_from',
            field=models.ForeignKey(blank=True, help_text='In an election of two steps: they alone stand, and they alone vote.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='second_step', to='council.contest', verbose_name='among those elected in'),
        ),
        migrations.AddField(
            model_name='contest',
            name='first_signer',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed first by'),
        ),
        migrations.AddField(
            model_name='contest',
            name='kind',
            field=models.CharField(choices=[('council', 'Post of the council'), ('units', 'Council units, posts not told apart yet'), ('body', 'Post of another body')], default='council', max_length=10, verbose_name='what it fills'),
        ),
        migrations.AddField(
            model_name='contest',
            name='post',
            field=models.CharField(blank=True, choices=[('head', 'Head'), ('deputy', 'Deputy head'), ('secretary_general', 'Secretary-general'), ('deputy_secretary', 'Deputy secretary-general'), ('host', 'Host unit'), ('member', 'Member')], max_length=20, verbose_name='post'),
        ),
        migrations.AddField(
            model_name='tally',
            name='entry',
            field=models.PositiveSmallIntegerField(choices=[(1, 'First entry'), (2, 'Second entry'), (3, 'Agreed after a recount'), (4, 'Correction')], default=3, verbose_name='entry'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='tally',
            name='overvoted',
            field=models.PositiveIntegerField(default=0, verbose_name='of these with too many chosen'),
        ),
        migrations.AddField(
            model_name='tally',
            name='reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='reason'),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='nomination',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='council.nomination', verbose_name='nomination'),
        ),
        migrations.AlterField(
            model_name='contest',
            name='state',
            field=models.CharField(choices=[('prepared', 'Prepared'), ('voting', 'Voting'), ('entered', 'Tally entered once'), ('counted', 'Tally entered twice'), ('announced', 'Announced'), ('signed', 'Signed by one'), ('certified', 'Certified'), ('corrected', 'Correction proposed'), ('void', 'Void')], default='prepared', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='contest',
            name='tier',
            field=models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Chair unit'), (2, 'Vice-chair unit'), (3, 'Director unit')], null=True, verbose_name='tier'),
        ),
        migrations.AlterField(
            model_name='count',
            name='candidate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='council.candidate', verbose_name='candidate'),
        ),
        migrations.AlterField(
            model_name='tally',
            name='contest',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='council.contest', verbose_name='contest'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expert', None), ('nomination__isnull', False), ('person', '')), models.Q(('expert', None), ('nomination', None), ('person', ''), ('unit__isnull', False)), models.Q(('expert__isnull', False), ('nomination', None), ('person', ''), ('unit', None)), models.Q(('expert', None), ('nomination', None), ('unit', None), models.Q(('person', ''), _negated=True)), _connector='OR'), name='a_candidate_is_one_and_not_several', violation_error_message='Please name one: a nomination, a member unit, an expert, or a person.'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(fields=('contest', 'unit'), name='a_unit_stands_once_in_a_contest'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(fields=('contest', 'expert'), name='an_expert_stands_once_in_a_contest'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.UniqueConstraint(fields=('tally', 'candidate'), name='a_candidate_is_counted_once_in_an_entry'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(('overvoted__lte', models.F('invalid'))), name='ballots_that_chose_too_many_are_among_the_invalid'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(condition=models.Q(('entry', 4), _negated=True), fields=('contest', 'entry'), name='a_tally_is_entered_once_each_way'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(condition=models.Q(('entry__in', [1, 2])), fields=('contest', 'entered_by'), name='a_tally_is_entered_twice_by_two_people'),
        ),
        migrations.AddField(
            model_name='ballotsheet',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='members.meeting', verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='contest',
            name='sheet',
            field=models.ForeignKey(blank=True, help_text='Several contests may stand on one sheet. Empty: a sheet of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='council.ballotsheet', verbose_name='ballot sheet'),
        ),
        migrations.AddConstraint(
            model_name='contest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', None), ('kind', 'council'), ('post', ''), ('tier__isnull', False)), models.Q(('body', None), ('direction', ''), ('drawn_from', None), ('kind', 'units'), ('post', ''), ('tier', None)), models.Q(('body__isnull', False), ('direction', ''), ('drawn_from', None), ('kind', 'body'), ('tier', None), models.Q(('post', ''), _negated=True)), _connector='OR'), name='a_contest_fills_one_kind_of_post', violation_error_message='A post of the council has a tier, and every tier but the chair a direction; a post of another body has the body and the post; council units have neither.'),
        ),
        migrations.AddConstraint(
            model_name='contest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'council'), _negated=True), models.Q(('direction', ''), ('tier', 1)), models.Q(models.Q(('tier', 1), _negated=True), models.Q(('direction', ''), _negated=True)), _connector='OR'), name='only_the_chair_s_contest_has_no_direction', violation_error_message='The chair has no direction; every other post has one.'),
        ),
        migrations.AddField(
            model_name='result',
            name='contest',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='council.contest', verbose_name='contest'),
        ),
        migrations.AddField(
            model_name='result',
            name='first_signer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed first by'),
        ),
        migrations.AddField(
            model_name='result',
            name='second_signer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='certified by'),
        ),
        migrations.AddField(
            model_name='result',
            name='supersedes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='council.result', verbose_name='takes the place of'),
        ),
        migrations.AddField(
            model_name='result',
            name='tally',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='council.tally', verbose_name='tally'),
        ),
        migrations.AddField(
            model_name='ruling',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='ruling',
            name='contest',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='council.contest', verbose_name='contest'),
        ),
        migrations.AddField(
            model_name='ruling',
            name='expert',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.expert', verbose_name='expert'),
        ),
        migrations.AddField(
            model_name='ruling',
            name='resolution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='members.resolution', verbose_name='resolution'),
        ),
        migrations.AddField(
            model_name='ruling',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.memberunit', verbose_name='member unit'),
        ),
        migrations.AddField(
            model_name='writein',
            name='tally',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='write_ins', to='council.tally', verbose_name='tally'),
        ),
        migrations.AddConstraint(
            model_name='ballotsheet',
            constraint=models.UniqueConstraint(fields=('meeting', 'name'), name='a_sheet_has_a_name_of_its_own_at_its_meeting', violation_error_message='This meeting has a ballot sheet of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='ballotsheet',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'prepared'), ('printed__gte', models.F('issued')), _connector='OR'), name='no_more_ballots_are_issued_than_printed'),
        ),
        migrations.AddConstraint(
            model_name='ballotsheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accounted'), _negated=True), models.Q(('printed', django.db.models.expressions.CombinedExpression(models.F('issued'), '+', models.F('unused'))), models.Q(('destroyed_by', ''), _negated=True), models.Q(('witness', ''), _negated=True)), _connector='OR'), name='every_ballot_of_a_sheet_is_accounted_for'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.CheckConstraint(condition=models.Q(('first_signer', models.F('second_signer')), _negated=True), name='two_people_answer_for_a_result'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('supersedes', None)), models.Q(('supersedes__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='ruling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('admitted', 'passed_over')), models.Q(('name', ''), _negated=True)), models.Q(models.Q(('kind__in', ('admitted', 'passed_over')), _negated=True), ('name', '')), _connector='OR'), name='a_ruling_on_a_name_says_which'),
        ),
        migrations.AddConstraint(
            model_name='ruling',
            constraint=models.UniqueConstraint(fields=('contest', 'name'), name='a_contest_is_ruled_on_once_a_question'),
        ),
        migrations.AddConstraint(
            model_name='writein',
            constraint=models.UniqueConstraint(fields=('tally', 'name'), name='a_name_is_written_in_once_in_an_entry'),
        ),
        migrations.AddConstraint(
            model_name='writein',
            constraint=models.CheckConstraint(condition=models.Q(('votes__gt', 0)), name='a_name_written_in_has_votes'),
        ),
        frozen_once("council_contest", ONCE, "OLD.snapshot IS NOT NULL", CHANGED),
        on_postgresql(
            ["CREATE TRIGGER what_is_voted_on_does_not_go BEFORE DELETE ON council_contest FOR EACH ROW WHEN (OLD.snapshot IS NOT NULL) EXECUTE FUNCTION refuse_to_change()"],
            ["DROP TRIGGER what_is_voted_on_does_not_go ON council_contest"],
        ),
        on_postgresql(
            [CANDIDATES, "CREATE TRIGGER who_is_voted_on_does_not_change BEFORE INSERT OR UPDATE OR DELETE ON council_candidate FOR EACH ROW EXECUTE FUNCTION refuse_once_voting_began()"],
            ["DROP TRIGGER who_is_voted_on_does_not_change ON council_candidate", "DROP FUNCTION refuse_once_voting_began()"],
        ),
        frozen("council_writein"),
        frozen("council_ruling"),
        frozen("council_result"),
    ]
