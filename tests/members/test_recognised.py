"""The recognised alliances in the list of organisations, with their hosts."""

import pytest
from django.urls import reverse

from members import workflow
from members.models import Contact
from tests import factories

pytestmark = pytest.mark.django_db


def test_recognised_alliances_are_found_with_their_hosts_taken_in_or_not(client, people):
    host = factories.organisation(name="广州演示大学")
    first, second = (factories.organisation(unit_type="alliance", host=host, reg_no=f"LM-2020-000{n}") for n in (1, 2))
    Contact.objects.create(organisation=first, representative="王例三")
    workflow.recognise(first, by=people.secretary, document="粤科函产字〔2020〕864号")
    client.force_login(people.officer)
    url = reverse("admin:members_organisation_changelist")
    listed = {kind: [each.pk for each in client.get(url, {"recognised": kind}).context["cl"].result_list] for kind in ("all", "waiting")}
    assert ({*listed["all"]}, listed["waiting"]) == ({first.pk, second.pk}, [second.pk])
    assert host.name in client.get(url, {"recognised": "waiting"}).content.decode()
