"""What the register costs the office: its list at 100,000 units, and the export of 20,000 with every column. Run: `bin/drills register`.

Of the list the median and the slowest of thirty requests; of the export seconds, statements a thousand rows, and the peak of memory.
"""

import os
import resource
import statistics
import sys
import time

import directory
import stage

LISTED, EXPORTED, THOUSAND = 100_000, 20_000, 1000
MOST_STATEMENTS, MOST_MILLISECONDS, MOST_SECONDS = 12, 120, 3
LIST = "/admin/members/memberunit/"
QUESTIONS = {
    "the list": LIST,
    "a page far back": f"{LIST}?p=FAR",
    "two characters": f"{LIST}?q=岭曜",
    "initials": f"{LIST}?q=szly",
    "a direction and a type": f"{LIST}?organisation__main_direction__exact=hydrogen&organisation__unit_type__exact=enterprise",
    "in all its columns": LIST
    + "?"
    + "&".join(f"c={name}" for name in ("name", "scale", "branch", "groups", "post", "certificate", "chain_position")),
}


def main() -> int:
    stage.prepare(SITE_URL="http://testserver", ALLOWED_HOSTS="*")
    from django.conf import settings

    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.SECOND_FACTOR = False
    units = int(os.environ.get("UNITS", LISTED))
    directory.fill(units)
    represented()
    officer = somebody_of_the_office()
    kept = [measured(officer, name, address.replace("FAR", str(units // 110))) for name, address in QUESTIONS.items()]
    measured(officer, "as of a day", f"{LIST}?on=2022-01-01")
    return 0 if all([*kept, exported(officer)]) else 1


def represented() -> None:
    """Everybody has a representative and a certificate, and the database knows how many there are."""
    from django.contrib.auth import get_user_model
    from django.db import connection

    from members.models import Certificate, MemberUnit, Representative, Term

    by, term = get_user_model().objects.create_user("office@example.com", None, name="示办"), Term.objects.first()
    units = list(MemberUnit.objects.values_list("pk", "admitted_on"))
    Representative.objects.bulk_create([Representative(unit_id=pk, name="张示一", post="总经理", since=day) for pk, day in units], 5000)
    Certificate.objects.bulk_create(
        [
            Certificate(unit_id=pk, number=f"GBANEV-{n:010d}", term=term, name="演示单位", issued_on=day, issued_by=by)
            for n, (pk, day) in enumerate(units)
        ],
        5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def somebody_of_the_office() -> object:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    user = get_user_model().objects.create_user("officer@example.com", None, name="示例")
    user.groups.add(Group.objects.get(name="officer"))
    return user


def measured(user: object, name: str, address: str, times: int = 30) -> bool:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, each = Client(), []
    client.force_login(user)
    answered(client, address)
    with CaptureQueriesContext(connection) as statements:
        answered(client, address)
    asked = list(statements.captured_queries)
    for _time in range(times):
        began = time.perf_counter()
        answered(client, address)
        each.append(1000 * (time.perf_counter() - began))
    median = statistics.median(each)
    print(f"{name}: {len(asked)} statements, {median:.0f} ms (slowest {max(each):.0f})", flush=True)
    for one in asked if os.environ.get("SQL") else ():
        print("   ", one["time"], one["sql"][:300])
    return len(asked) <= MOST_STATEMENTS and median <= MOST_MILLISECONDS


def answered(client: object, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, address


def exported(user: object) -> bool:
    """As the worker makes it: a thousand rows at a time, then the file."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from alliance.exchange import outgoing
    from alliance.jobs import working
    from members.models import MemberUnit
    from members.resources import Roll

    keys = list(MemberUnit.objects.order_by("number").values_list("pk", flat=True)[:EXPORTED])
    before, began = peak(), time.perf_counter()
    note, _content = outgoing.hand_out(
        Roll, keys, by=user, file_name="会员名册", form="xlsx", heads=Roll().heads(is_internal=True, is_whole=True), is_internal=True
    )
    job = outgoing.make_later(note)
    with CaptureQueriesContext(connection) as asked:
        working.work_on(job.pk)
    seconds = time.perf_counter() - began
    note.refresh_from_db()
    print(
        f"export of {len(keys)} units in {len(note.heads)} columns: {seconds:.1f} s, {len(asked) / (len(keys) / THOUSAND):.1f} statements a thousand, "
        f"{len(note.content) / 1e6:.1f} MB, {peak() - before:.0f} MB more memory at its peak",
        flush=True,
    )
    return seconds <= MOST_SECONDS


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
