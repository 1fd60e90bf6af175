"""Meetings with their notice, roll, proxies, agenda, tellers, motions and named votes."""

import alliance.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from alliance.history.postgresql import frozen_once, guarded


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0014_rules_and_limits_of_a_term'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='no.')),
                ('title', models.CharField(max_length=200, verbose_name='item')),
                ('speaker', models.CharField(blank=True, max_length=60, verbose_name='who presents it')),
                ('words', models.TextField(blank=True, help_text="They stand in the host's script under this item.", max_length=1000, verbose_name='words of the host')),
            ],
            options={
                'verbose_name': 'agenda item',
                'verbose_name_plural': 'agenda',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Motion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule_numerator', models.PositiveSmallIntegerField(default=2, verbose_name='numerator')),
                ('rule_denominator', models.PositiveSmallIntegerField(default=3, verbose_name='denominator')),
                ('rule_inclusive', models.BooleanField(default=True, verbose_name='the number itself suffices (以上)')),
                ('rule_base', models.CharField(choices=[('eligible', 'of those eligible'), ('present', 'of those present'), ('valid', 'of the valid ballots')], default='present', max_length=10, verbose_name='base')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('subject', models.CharField(max_length=200, verbose_name='what is resolved')),
                ('weight', models.CharField(choices=[('resolutions', 'Ordinary resolution'), ('weighty', 'Change of the charter, or expulsion')], default='resolutions', max_length=12, verbose_name='kind of motion')),
                ('way', models.CharField(choices=[('hands', 'Show of hands'), ('named', 'Named vote')], default='hands', max_length=6, verbose_name='way of voting')),
                ('state', models.CharField(choices=[('prepared', 'Prepared'), ('open', 'Being voted on'), ('closed', 'Voted on'), ('withdrawn', 'Withdrawn')], default='prepared', max_length=10, verbose_name='state')),
                ('eligible', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='eligible (应到)')),
                ('opened_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opened at')),
                ('withdrawn_because', models.CharField(blank=True, editable=False, max_length=1000, verbose_name='why it was withdrawn')),
            ],
            options={
                'verbose_name': 'motion',
                'verbose_name_plural': 'motions',
                'ordering': ['meeting', 'item__position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Observer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('affiliation', models.CharField(blank=True, max_length=120, verbose_name='unit and post')),
            ],
            options={
                'verbose_name': 'attends without a vote',
                'verbose_name_plural': 'attending without a vote',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Proxy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('post', models.CharField(max_length=60, verbose_name='post')),
                ('paper_given', models.BooleanField(default=False, verbose_name='the written proxy is at hand')),
                ('given_at', models.DateTimeField(default=alliance.clock.now, verbose_name='recorded at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='replaced or taken back at')),
            ],
            options={
                'verbose_name': 'proxy',
                'verbose_name_plural': 'proxies',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Teller',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(choices=[('chief', 'Chief scrutineer'), ('scrutineer', 'Scrutineer'), ('teller', 'Teller')], max_length=10, verbose_name='task')),
                ('name', models.CharField(blank=True, help_text='Left empty: who votes for the unit.', max_length=60, verbose_name='name')),
            ],
            options={
                'verbose_name': 'scrutineer or teller',
                'verbose_name_plural': 'scrutineers and tellers',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('favour', 'For'), ('against', 'Against'), ('abstain', 'Abstaining')], max_length=8, verbose_name='vote')),
                ('cast_at', models.DateTimeField(default=alliance.clock.now, verbose_name='entered at')),
            ],
            options={
                'verbose_name': 'named vote',
                'verbose_name_plural': 'named votes',
                'ordering': ['attendance'],
            },
        ),
        migrations.AlterModelOptions(
            name='attendance',
            options={'ordering': ['unit__number', 'id'], 'verbose_name': 'attendance', 'verbose_name_plural': 'roll and attendance'},
        ),
        migrations.AddField(
            model_name='attendance',
            name='absent_because',
            field=models.CharField(blank=True, max_length=200, verbose_name='reason of absence'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='quorum',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='had to be there'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='added_because',
            field=models.CharField(blank=True, max_length=200, verbose_name='why it was added'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='came',
            field=models.CharField(blank=True, max_length=60, verbose_name='who came'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='struck_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='struck from the roll at'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='struck_because',
            field=models.CharField(blank=True, max_length=200, verbose_name='why it was struck'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='undone_because',
            field=models.CharField(blank=True, max_length=200, verbose_name='why a sign-in was undone'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='called_to', to=settings.AUTH_USER_MODEL, verbose_name='account of who votes'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='way',
            field=models.CharField(blank=True, choices=[('door', 'At the door'), ('phone', 'By phone'), ('paper', 'On the printed sheet')], max_length=8, verbose_name='way of signing in'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed at'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='convened_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='convened at'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='invited',
            field=models.TextField(blank=True, help_text="Only for the preparatory working group: one name a line. The other bodies' rolls come from the register.", max_length=4000, verbose_name='who is called, by name'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='minutes_by',
            field=models.CharField(blank=True, max_length=60, verbose_name='takes the minutes'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='mode',
            field=models.CharField(choices=[('paper', 'On site, on paper'), ('electronic', 'On site, electronic'), ('correspondence', 'By correspondence')], default='paper', max_length=14, verbose_name='way of meeting'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='opened_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opened at'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='presides',
            field=models.CharField(blank=True, max_length=60, verbose_name='presides'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='urgency',
            field=models.CharField(blank=True, help_text='Only where the meeting is called later than its notice period allows.', max_length=200, verbose_name='reason for urgency'),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='members.memberunit', verbose_name='member unit'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='assembly',
            field=models.CharField(choices=[('preparatory', 'Meeting of the preparatory working group'), ('council', 'Council meeting'), ('members', 'General assembly of members'), ('experts', 'Meeting of the expert committee')], max_length=12, verbose_name='body'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('meeting', 'voter'), name='a_person_stands_once_on_a_roll'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('unit__isnull', False), models.Q(('voter', ''), _negated=True), _connector='OR'), name='a_line_of_a_roll_names_somebody'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('struck_at', None), ('signed_in_at', None), _connector='OR'), name='who_is_struck_does_not_sign_in'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='members.meeting', verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='motion',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='motions', to='members.agendaitem', verbose_name='agenda item'),
        ),
        migrations.AddField(
            model_name='motion',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='motions', to='members.meeting', verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='motion',
            name='resolution',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='motion', to='members.resolution', verbose_name='resolution'),
        ),
        migrations.AddField(
            model_name='observer',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observers', to='members.meeting', verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='proxy',
            name='attendance',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies', to='members.attendance', verbose_name='for whom'),
        ),
        migrations.AddField(
            model_name='proxy',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='proxy',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proxies', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='teller',
            name='attendance',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='members.attendance', verbose_name='of which unit'),
        ),
        migrations.AddField(
            model_name='teller',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellers', to='members.meeting', verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='vote',
            name='attendance',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='members.attendance', verbose_name='whose vote'),
        ),
        migrations.AddField(
            model_name='vote',
            name='cast_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='vote',
            name='motion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='members.motion', verbose_name='motion'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'position'), name='an_item_has_its_own_place_on_the_agenda', violation_error_message='Another item has this number.'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.CheckConstraint(condition=models.Q(('rule_numerator__gt', 0), ('rule_numerator__lte', models.F('rule_denominator'))), name='motion_passes_by_a_true_fraction', violation_error_message='The fraction lies between 0 and 1.'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolution__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('resolution', None)), _connector='OR'), name='a_motion_voted_on_is_a_resolution'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('attendance',), name='a_unit_has_one_proxy_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='teller',
            constraint=models.UniqueConstraint(fields=('meeting', 'attendance'), name='a_unit_sends_one_scrutineer_or_teller', violation_error_message='This unit has a task already.'),
        ),
        migrations.AddConstraint(
            model_name='teller',
            constraint=models.UniqueConstraint(condition=models.Q(('task', 'chief')), fields=('meeting',), name='a_meeting_has_one_chief_scrutineer', violation_error_message='The meeting has a chief scrutineer already.'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('motion', 'attendance'), name='one_vote_each_on_a_motion'),
        ),
        # the roll as it was convened: only the door and a correction are written into it, and the door no more once the meeting is over
        guarded(
            "members_attendance",
            "a_roll_is_frozen",
            "UPDATE OR DELETE",
            """TG_OP = 'DELETE'
            OR (OLD.meeting_id, OLD.unit_id, OLD.voter, OLD.user_id, OLD.added_because)
                IS DISTINCT FROM (NEW.meeting_id, NEW.unit_id, NEW.voter, NEW.user_id, NEW.added_because)
            OR (OLD.struck_at IS NOT NULL AND (OLD.struck_at, OLD.struck_because) IS DISTINCT FROM (NEW.struck_at, NEW.struck_because))
            OR (OLD.signed_in_at IS DISTINCT FROM NEW.signed_in_at
                AND (SELECT state FROM members_meeting WHERE id = OLD.meeting_id) = 'closed')""",
        ),
        guarded(
            "members_vote",
            "a_vote_is_cast_before_the_motion_is_resolved",
            "INSERT",
            """(SELECT resolved_at FROM members_resolution JOIN members_motion ON members_motion.resolution_id = members_resolution.id
                WHERE members_motion.id = NEW.motion_id) < NEW.cast_at""",
        ),
        guarded(
            "members_vote",
            "a_vote_is_set_right_while_the_motion_is_open",
            "UPDATE",
            "(SELECT state FROM members_motion WHERE id = OLD.motion_id) <> 'open'",
        ),
        guarded("members_vote", "a_vote_is_never_taken_away", "DELETE", "true"),
        frozen_once(
            "members_motion", "a_motion_voted_on_is_settled", "OLD.state IN ('closed', 'withdrawn')", "OLD IS DISTINCT FROM NEW"
        ),
        guarded("members_motion", "a_motion_put_to_the_vote_stays", "DELETE", "OLD.state <> 'prepared'"),
    ]
