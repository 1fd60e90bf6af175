"""The papers of an application: added and taken away in the draft, frozen with the version."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.files import shelf
from alliance.files.checking import check
from alliance.files.models import StoredFile
from applications import workflow
from applications.choices import Paper, Section
from applications.choices import State as Standing
from applications.models.attachment import MOST, attach, take_away
from tests import factories
from tests.alliance import hostile
from tests.alliance.files.handing_in import client_of, lying, page_of, post, stored, upload

pytestmark = pytest.mark.django_db


def attached(application, case: str = "a plain PDF", kind: str = "certificate"):
    name, make, _kind = hostile.GOOD[case]
    return attach(application, kind, check(upload(name, make())), by=application.applicant)


def test_papers_stand_between_intent_and_declarations(client, draft):
    page = client.get(page_of(draft))
    assert [each["section"] for each in page.context["rail"]] == ["unit", "contacts", "capability", "intent", "attachments", "declarations"]
    assert page.context["next"] == reverse("applications:section", args=[draft.uuid, "declarations"])
    assert draft.gaps == {Section.ATTACHMENTS: [Paper.CERTIFICATE]}


def test_a_paper_is_added_shown_and_taken_away(client, draft, home, django_capture_on_commit_callbacks):
    assert post(client, draft, "章程.pdf", hostile.pdf()).status_code == 302
    paper = draft.attachments.get()
    assert (paper.kind, paper.added_by, paper.removed_at) == ("certificate", draft.applicant, None)
    page = client.get(page_of(draft)).content.decode()
    assert "章程.pdf" in page
    assert paper.file.get_absolute_url() in page
    assert reverse("file_page", args=[paper.file.uuid, 1]) in page
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page_of(draft), {"remove": str(paper.file.uuid)}).status_code == 302
    assert (draft.attachments.count(), StoredFile.objects.count(), lying(home)) == (0, 0, [])


@pytest.mark.parametrize("named", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_paper_that_is_not_there_cannot_be_taken_away(named, client, draft):
    assert client.post(page_of(draft), {"remove": named}).status_code == 404


def test_another_s_paper_cannot_be_taken_away(client, draft):
    theirs = attached(factories.draft(papers=False))
    assert client.post(page_of(draft), {"remove": str(theirs.file.uuid)}).status_code == 404
    assert client.post(page_of(theirs.application), {"remove": str(theirs.file.uuid)}).status_code == 404


@pytest.mark.parametrize("missing", ["kind", "file"])
def test_paper_and_file_are_both_needed(missing, client, draft):
    typed = {"kind": "certificate", "file": upload("a.pdf", hostile.pdf())}
    del typed[missing]
    answer = client.post(page_of(draft), typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [missing])
    assert not StoredFile.objects.exists()


def test_an_application_has_at_most_twenty(client, draft, monkeypatch):
    monkeypatch.setattr("applications.models.attachment.MOST", 1)
    attached(draft)
    answer = post(client, draft, "a.pdf", hostile.pdf())
    assert (answer.status_code, answer.context["form"].non_field_errors().as_data()[0].code) == (422, "too_many")
    assert MOST == 20
    monkeypatch.setattr("applications.forms.attaching.is_full", lambda application: False)
    assert post(client, draft, "a.pdf", hostile.pdf()).status_code == 409  # somebody else was adding one at the same time
    assert draft.attachments.count() == 1


def test_what_was_submitted_keeps_the_papers_it_was_submitted_with(people):
    application = factories.draft(papers=False, by=people.applicant)
    kept, replaced = attached(application), attached(application, "a JPEG", "other")
    workflow.submit(application, by=people.applicant)
    version = application.version
    frozen = [{"kind": each.kind, "uuid": str(each.file.uuid), "sha256": each.file.sha256} for each in (kept, replaced)]
    assert version.answers["attachments"] == frozen
    workflow.return_for_correction(application, by=people.clerk, defects=["C01"], words="请补充")
    take_away(replaced)
    new = attached(application, "a PNG", "other")
    version.refresh_from_db()
    assert (version.answers["attachments"], list(application.attachments.in_version(version))) == (frozen, [kept, replaced])
    assert replaced.file.path.exists()
    assert list(application.attachments.running()) == [kept, new]
    dossier = client_of("clerk", people).get(reverse("admin:applications_application_change", args=[application.pk]))
    assert list(dossier.context["attachments"]) == [kept, replaced]  # what was submitted is what is reviewed
    workflow.resubmit(application, by=people.applicant)
    assert list(application.attachments.in_version(application.version)) == [kept, new]


def test_no_paper_is_added_or_taken_away_after_submitting(client, people):
    application = factories.draft(papers=False, by=people.applicant)
    paper = attached(application)
    workflow.submit(application, by=people.applicant)
    for act in (lambda: attached(application), lambda: take_away(paper)):
        with pytest.raises(workflow.Refused):
            act()
    client.force_login(people.applicant)
    assert client.get(page_of(application)).status_code == 302
    shown = client.get(reverse("applications:detail", args=[application.uuid]))
    assert paper.file.get_absolute_url() in shown.content.decode()
    assert list(application.attachments.running()) == [paper]


def test_the_office_sees_the_pages_in_the_dossier(people):
    application = factories.draft(papers=False, by=people.applicant)
    paper = attached(application, "a scanned PDF")
    workflow.submit(application, by=people.applicant)
    page = client_of("officer", people).get(reverse("admin:applications_application_change", args=[application.pk])).content.decode()
    assert all(reverse("file_page", args=[paper.file.uuid, number]) in page for number in (1, 2, 3))


def test_the_office_s_list_of_files_holds_what_was_submitted_and_no_draft_s(people):
    application, draft = (
        factories.application(Standing.SUBMITTED, by=people.applicant, papers=False),
        factories.draft(papers=False, by=people.applicant),
    )
    file, hidden = stored(application), stored(draft)
    client = client_of("officer", people)
    listed = client.get(reverse("admin:files_storedfile_changelist"), {"state__exact": "unscanned"})
    assert list(listed.context["cl"].queryset) == [file]
    assert client.get(reverse("admin:files_storedfile_change", args=[file.pk])).status_code == 200
    assert client.get(reverse("admin:files_storedfile_change", args=[hidden.pk])).status_code == 302
    assert client.post(reverse("admin:files_storedfile_delete", args=[file.pk]), {"post": "yes"}).status_code == 403


def test_the_list_of_papers_asks_the_same_number_of_questions(client, draft):
    counts = set()
    for wanted in (1, 3, 9):
        while draft.attachments.count() < wanted:
            attached(draft, "a JPEG")
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(draft))
        counts.add(len(asked))
    assert len(counts) == 1


def test_the_disk_is_waited_for_with_each_file_or_once_after_many(tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr(shelf.os, "fsync", lambda _handle: waited.append("one"))
    monkeypatch.setattr(shelf.os, "sync", lambda: waited.append("all"))
    (tmp_path / "a").write_bytes(b"")
    shelf.settle(tmp_path / "a")
    with shelf.settling_together():
        shelf.settle(tmp_path / "a")
        shelf.settle(tmp_path)
    shelf.settle(tmp_path)
    assert waited == ["one", "all", "one"]
