"""What the directory finds units by, and what of them is shown to whom."""

import alliance.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('members', '0009_suspensions_and_earlier_memberships_as_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='listing', serialize=False, to='members.memberunit', verbose_name='member unit')),
                ('words', models.TextField(verbose_name='words it is found by')),
                ('sort_as', models.CharField(max_length=160, verbose_name='name in pinyin')),
                ('admitted_on', models.DateField(verbose_name='admitted on')),
                ('mix', models.PositiveSmallIntegerField(verbose_name='direction, type, scale and positions on the chain')),
                ('place', models.PositiveIntegerField(verbose_name='region')),
            ],
            options={
                'verbose_name': 'listing',
                'verbose_name_plural': 'listings',
                'indexes': [models.Index(fields=['admitted_on', 'unit'], name='listed_by_admission'), models.Index(fields=['sort_as', 'unit'], name='listed_by_name')],
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('short_name', 'short name'), ('chain_position', 'position on the industry chain'), ('related_directions', 'related directions'), ('specialities', 'fields of work'), ('scale', 'scale'), ('website', 'website'), ('main_business', 'main business or research'), ('reg_no', 'registration number'), ('founded_on', 'founded on'), ('ownership', 'ownership'), ('registered_capital', 'registered capital'), ('staff_total', 'staff'), ('staff_rd', 'research and development staff'), ('registered_address', 'registered address'), ('postal_address', 'postal address')], max_length=20, verbose_name='field')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members', 'Member units'), ('secretariat', 'The secretariat alone')], max_length=12, verbose_name='seen by')),
                ('chosen_at', models.DateTimeField(default=alliance.clock.now, verbose_name='chosen at')),
                ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='chosen by')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='members.memberunit', verbose_name='member unit')),
            ],
            options={
                'verbose_name': 'visibility of a field',
                'verbose_name_plural': 'visibility of fields',
                'ordering': ['unit', 'id'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'field'), name='a_field_of_a_unit_has_one_audience')],
            },
        ),
        migrations.CreateModel(
            name='NameConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version of the text')),
                ('language', models.CharField(choices=[('zh-hans', 'Simplified Chinese'), ('zh-hant', 'Traditional Chinese'), ('en', 'English')], max_length=10, verbose_name='language')),
                ('at', models.DateTimeField(default=alliance.clock.now, verbose_name='at')),
                ('taken_back_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='name_consents', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('representative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='name_consents', to='members.representative', verbose_name='member representative')),
            ],
            options={
                'verbose_name': 'consent to be named',
                'verbose_name_plural': 'consents to be named',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('representative',), name='a_consent_to_be_named_is_given_once'), models.CheckConstraint(condition=models.Q(('taken_back_at', None), ('taken_back_at__gte', models.F('at')), _connector='OR'), name='a_consent_is_taken_back_after_it_was_given')],
            },
        ),
        migrations.AddIndex(
            model_name='memberunit',
            index=models.Index(condition=models.Q(('ended_on__isnull', False)), fields=['ended_on'], name='units_that_left'),
        ),
    ]
