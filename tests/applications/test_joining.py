"""Working together: invited by address, asking to be let in, handed over; and what a stranger learns meanwhile."""

from __future__ import annotations

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.urls import reverse

from alliance.letters.models import Letter
from alliance.workflow import NotAllowed, Refused
from applications import joining, rules, workflow
from applications.choices import InvitationState, JoinState, State
from applications.models import Application, Invitation, JoinRequest
from members.models import Organisation
from members.models.colleague import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return confirmed(factories.user("陈示七"))


@pytest.fixture
def draft(owner):
    return factories.draft(by=owner)


def confirmed(user):
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def letters(kind) -> list[str]:
    return sorted(Letter.objects.filter(template=kind).values_list("to", flat=True))


def roles(application) -> dict[str, str]:
    return {each.user.email: each.role for each in joining.people(application)}


def invite(owner, draft, email, role=Role.FILLS_IN):
    return browser(owner).post(
        reverse("applications:colleagues", args=[draft.uuid]), {"email": email, "role": role, "department": "科研处"}
    )


def test_whoever_has_confirmed_the_invited_address_may_take_it(owner, draft):
    colleague = confirmed(factories.user("王例三"))
    assert invite(owner, draft, colleague.email.upper()).status_code == 302
    assert letters("invited") == [colleague.email]
    found = Invitation.objects.get()
    assert draft.name in browser(colleague).get(reverse("applications:list")).content.decode()
    answer = browser(colleague).post(reverse("applications:invitation", args=[found.uuid, "take"]))
    assert (answer.status_code, answer.url) == (302, draft.get_absolute_url())
    assert roles(draft) == {owner.email: Role.OWNS, colleague.email: Role.FILLS_IN}
    assert [each.department for each in joining.people(draft)] == ["", "科研处"]


def test_somebody_else_with_the_address_of_the_page_finds_nothing(owner, draft):
    invite(owner, draft, "colleague@example.org")
    found, stranger = Invitation.objects.get(), confirmed(factories.user())
    answers = [
        browser(stranger).post(reverse("applications:invitation", args=[found.uuid, act])) for act in ("take", "decline", "revoke", "x")
    ]
    assert ([answer.status_code for answer in answers], found.state) == ([404] * 4, InvitationState.OPEN)
    unconfirmed = factories.user(email="colleague@example.org")
    assert browser(unconfirmed).post(reverse("applications:invitation", args=[found.uuid, "take"])).status_code == 404


def test_an_invitation_is_taken_once_and_can_be_taken_back(owner, draft):
    colleague = confirmed(factories.user())
    first = joining.invite(draft, colleague.email, Role.SUBMITS, by=owner)
    second = joining.invite(draft, colleague.email, Role.FILLS_IN, by=owner)
    first.refresh_from_db()
    assert (first.state, second.state) == (InvitationState.REVOKED, InvitationState.OPEN)
    with pytest.raises(Refused):
        joining.answer(first, by=colleague, take=True)
    joining.answer(second, by=colleague, take=False)
    assert roles(draft) == {owner.email: Role.OWNS}
    third = joining.invite(draft, colleague.email, Role.FILLS_IN, by=owner)
    assert browser(owner).post(reverse("applications:invitation", args=[third.uuid, "revoke"])).status_code == 302
    third.refresh_from_db()
    assert third.state == InvitationState.REVOKED


def test_open_invitations_are_few_and_nobody_is_invited_who_is_there(owner, draft):
    with pytest.raises(Refused):
        joining.invite(draft, owner.email, Role.FILLS_IN, by=owner)
    for n in range(joining.MOST_INVITED):
        joining.invite(draft, f"colleague{n}@example.org", Role.FILLS_IN, by=owner)
    with pytest.raises(Refused):
        joining.invite(draft, "one-more@example.org", Role.FILLS_IN, by=owner)


def test_who_works_on_it_already_is_told_at_the_address(owner, draft):
    page = browser(owner).post(
        reverse("applications:colleagues", args=[draft.uuid]), {"email": owner.email, "role": "fills_in", "department": "科研处"}
    )
    assert (page.status_code, page.context["form"].errors) == (422, {"email": ["此人已参与本申请。"]})
    assert "科研处" in page.content.decode()


ROLES = {  # what each role may do with a draft: see, submit, manage
    Role.FILLS_IN: (True, False, False),
    Role.SUBMITS: (True, True, False),
    Role.OWNS: (True, True, True),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_each_role_may_do_what_it_says(role, state, owner):
    application = factories.application(state, by=owner)
    user = factories.user()
    joining.let_in(application, application.organisation, user, role)
    may = rules.may_fill_in(user, application), rules.may_submit(user, application), rules.may_manage(user, application)
    assert may == ROLES[role]


def test_only_the_owner_invites_gives_roles_and_takes_off(owner, draft):
    helper, other = factories.user(), factories.user()
    joining.let_in(draft, None, helper, Role.SUBMITS)
    joining.let_in(draft, None, other, Role.FILLS_IN)
    assert invite(helper, draft, "x@example.org").status_code == 403
    for act, data in (("role", {"role": Role.SUBMITS}), ("own", {}), ("leave", {})):
        answer = browser(helper).post(reverse("applications:person", args=[draft.uuid, act]), {"user": other.pk, **data})
        assert answer.status_code == 403
    assert browser(other).post(reverse("applications:person", args=[draft.uuid, "leave"]), {"user": other.pk}).status_code == 302
    assert (
        browser(owner).post(reverse("applications:person", args=[draft.uuid, "role"]), {"user": helper.pk, "role": "owns"}).status_code
        == 409
    )
    assert roles(draft) == {owner.email: Role.OWNS, helper.email: Role.SUBMITS}
    assert browser(other).get(draft.get_absolute_url()).status_code == 404


def test_handing_over_moves_the_letters_and_leaves_the_old_owner_a_colleague(owner, draft):
    heir = factories.user("郑示六")
    joining.let_in(draft, None, heir, Role.FILLS_IN)
    browser(owner).post(reverse("applications:person", args=[draft.uuid, "own"]), {"user": heir.pk})
    draft.refresh_from_db()
    assert (draft.applicant, roles(draft)) == (heir, {heir.email: Role.OWNS, owner.email: Role.SUBMITS})
    assert heir.email in letters("handed_over")


def test_who_owns_it_cannot_leave_it_without_an_owner(owner, draft):
    assert browser(owner).post(reverse("applications:person", args=[draft.uuid, "leave"]), {"user": owner.pk}).status_code == 409
    assert roles(draft) == {owner.email: Role.OWNS}


def test_whoever_wrote_the_draft_acts_for_the_organisation_once_it_is_submitted(owner, draft):
    helper = factories.user()
    joining.let_in(draft, None, helper, Role.FILLS_IN)
    workflow.submit(draft, by=owner)
    assert roles(draft) == {owner.email: Role.OWNS, helper.email: Role.FILLS_IN}
    assert Application.objects.of(helper).get() == draft


# ── A number that is known ───────────────────────────────────────────────────────────────────────────────────────────


def begin(user, number, **more):
    return browser(user).post(reverse("applications:new"), {"jurisdiction": "mainland", "reg_no": number, **more})


def test_a_known_number_asks_its_owner_and_says_nothing(owner):
    application = factories.application(State.SUBMITTED, by=owner)
    stranger = factories.user("李范二")
    answer = begin(stranger, application.reg_no, department="新能源学院")
    assert answer.status_code == 302
    assert (JoinRequest.objects.get().department, letters("join_asked")) == ("新能源学院", [owner.email])
    begin(stranger, application.reg_no)
    assert JoinRequest.objects.count() == 1


def test_a_number_in_somebody_else_s_draft_asks_who_writes_it(owner, draft):
    begin(factories.user(), draft.reg_no)
    assert (JoinRequest.objects.get().application, letters("join_asked")) == (draft, [owner.email])


def test_a_new_number_asks_nobody():
    begin(factories.user(), factories.answers()["reg_no"])
    assert JoinRequest.objects.count() == 0


def test_the_owner_lets_somebody_in_and_they_find_the_application(owner):
    application = factories.application(State.SUBMITTED, by=owner)
    colleague = factories.user("李范二")
    begin(colleague, application.reg_no)
    page = browser(owner).get(reverse("applications:colleagues", args=[application.uuid])).content.decode()
    assert "李范二" in page
    asked = JoinRequest.objects.get()
    browser(owner).post(reverse("applications:join_request", args=[asked.uuid, "grant"]), {"role": "submits"})
    asked.refresh_from_db()
    assert (asked.state, roles(application)[colleague.email], letters("let_in")) == (JoinState.GRANTED, Role.SUBMITS, [colleague.email])
    Application.objects.filter(applicant=colleague).update(state=State.WITHDRAWN)
    assert begin(colleague, application.reg_no).url == application.get_absolute_url()


def test_who_is_not_let_in_is_told_why(owner):
    application = factories.application(State.SUBMITTED, by=owner)
    stranger = factories.user()
    begin(stranger, application.reg_no)
    asked = JoinRequest.objects.get()
    browser(owner).post(reverse("applications:join_request", args=[asked.uuid, "refuse"]), {})
    assert letters("not_let_in") == [stranger.email]
    assert not Application.objects.of(stranger).filter(pk=application.pk).exists()


def test_nobody_but_the_owner_decides_on_the_page(owner, people):
    application = factories.application(State.SUBMITTED, by=owner)
    begin(people.stranger, application.reg_no)
    asked = JoinRequest.objects.get()
    for user in (people.stranger, people.member, people.clerk):
        assert browser(user).post(reverse("applications:join_request", args=[asked.uuid, "grant"])).status_code == 404
    with pytest.raises(NotAllowed):
        joining.joining.steps["grant"](asked, by=people.clerk, role="owns")


def test_where_the_owner_has_gone_the_clerk_decides(owner, people):
    application = factories.application(State.SUBMITTED, by=owner)
    begin(people.stranger, application.reg_no)
    asked = JoinRequest.objects.get()
    owner.is_active = False
    owner.save()
    assert list(JoinRequest.objects.to_decide().without_owner()) == [asked]
    joining.joining.steps["grant"](asked, by=people.clerk, role=Role.SUBMITS)
    assert roles(application)[people.stranger.email] == Role.SUBMITS


def test_on_a_sealed_letter_the_clerk_re_binds_a_unit_and_the_old_holder_is_told(owner, people):
    application = factories.application(State.SUBMITTED, by=owner)
    begin(people.stranger, application.reg_no)
    asked = JoinRequest.objects.get()
    for user in (people.officer, people.secretary, owner):
        with pytest.raises(NotAllowed):
            joining.joining.steps["rebind"](asked, by=user, letter="2026年11月20日公函")
    joining.joining.steps["rebind"](asked, by=people.clerk, letter="2026年11月20日公函")
    application.refresh_from_db()
    assert (roles(application), application.applicant) == ({people.stranger.email: Role.OWNS}, people.stranger)
    assert (letters("rebound"), Application.objects.of(owner).exists()) == ([owner.email], False)


def test_a_public_member_is_recognised_and_its_people_are_asked(people):
    unit = people.units["member"]
    answer = begin(people.stranger, unit.organisation.reg_no)
    assert (answer.status_code, unit.organisation.name in answer.content.decode(), Application.objects.exists()) == (200, True, False)
    begin(people.stranger, unit.organisation.reg_no, ask="1", department="动力学院")
    asked = JoinRequest.objects.get()
    assert (asked.organisation, asked.department, letters("join_asked")) == (unit.organisation, "动力学院", [people.member.email])


def test_who_acts_for_a_unit_already_begins_its_next_application_with_all_its_colleagues(owner):
    application = factories.application(State.REJECTED, by=owner)
    helper = factories.user()
    joining.let_in(application, application.organisation, helper, Role.FILLS_IN)
    begin(owner, application.reg_no)
    again = Application.objects.get(state=State.DRAFT)
    assert (again.organisation, Application.objects.of(helper).filter(pk=again.pk).exists()) == (application.organisation, True)


def test_a_host_that_applies_itself_is_owned_by_who_submits(owner):
    host = factories.organisation()
    factories.organisation(unit_type="alliance", host=host)
    draft = factories.draft(by=owner, reg_no=host.reg_no)
    workflow.submit(draft, by=owner)
    assert roles(draft) == {owner.email: Role.OWNS}
    with pytest.raises(ObjectDoesNotExist):
        Organisation.objects.get(reg_no="none")
