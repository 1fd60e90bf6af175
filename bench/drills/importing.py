"""What taking a long table over costs, on PostgreSQL: 10,000 rows new, the same again, all of them changed, and then with persons beside each. `bin/drills importing`.

From the file as it was sent to the register with its history: read apart, staged, compared, and written as one transaction.
"""

import csv
import io
import resource
import sys
import time

from stage import prepare

ROWS = 10_000
HEADS = ["单位名称", "代码", "类型", "地区", "主方向"]
PERSONS = ["代表", "联络员", "邮箱"]  # beside the register, and in no history
PROMISED = {"new": 4.0, "again": 4.0, "changed": 10.0, "persons": 10.0}


def main() -> int:
    """New, unchanged, changed."""
    prepare()
    from alliance.accounts.models import User
    from members.models import Organisation

    by = User.objects.create_user("bench@example.com", None, name="张示一")
    before, failed = 0, 0
    for name, direction in (("new", "电动"), ("again", "电动"), ("changed", "氢燃料"), ("persons", "氢燃料")):
        spent, writes = take(table(direction, persons=name == "persons"), by)
        history = Organisation.history.count()
        kept = spent["apply"] <= PROMISED[name] and (name != "again" or not writes)
        failed += not kept
        print(
            f"{name}: {ROWS} rows, read {spent['read']:.1f} s, stage {spent['stage']:.1f} s, compare {spent['look']:.1f} s, "
            f"take over {spent['apply']:.1f} s, of which {spent['cpu']:.1f} of our processor (promised {PROMISED[name]:g}: {'kept' if kept else 'BROKEN'}); {writes} writes to the register, {history - before} rows of history",
            flush=True,
        )
        before = history
    print(f"peak of memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 1 if failed else 0


def table(direction: str, *, persons: bool) -> bytes:
    from alliance.demo.codes import uscc

    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(HEADS + (PERSONS if persons else []))
    for n in range(ROWS):
        said = [f"深圳演示{n}有限公司", uscc("91", "440300", n), "企业", "深圳", direction]
        lines.writerow(said + (["张示一", "王例三", f"a{n}@example.com"] if persons else []))
    return written.getvalue().encode("utf-8-sig")


def take(content: bytes, by: object) -> tuple[dict[str, float], int]:
    """Seconds of each part, and how many statements wrote into the register or its history."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import connection

    from alliance.exchange import incoming
    from alliance.exchange import table as tables
    from alliance.jobs import working
    from members.resources import OrganisationRegister

    spent, written = {}, []
    with clocked(spent, "read"):
        read = tables.read(SimpleUploadedFile("单位名单.csv", content))
    with clocked(spent, "stage"):
        staged = incoming.stage(OrganisationRegister, read, by=by)
    with clocked(spent, "look"):
        if job := incoming.look(staged, by=by):
            working.work_on(job.pk)
    staged.refresh_from_db()

    def counted(execute, sql, params, many, context):
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")) and '"members_' in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    began = time.process_time()
    with clocked(spent, "apply"), connection.execute_wrapper(counted):
        incoming.apply(staged, by=by)
    spent["cpu"] = time.process_time() - began
    return spent, len(written)


class clocked:  # noqa: N801 — reads as a verb
    """Seconds by the wall, kept under a name."""

    def __init__(self, spent: dict[str, float], name: str) -> None:
        self.spent, self.name = spent, name

    def __enter__(self) -> None:
        self.began = time.monotonic()

    def __exit__(self, *_failure: object) -> None:
        self.spent[self.name] = time.monotonic() - self.began


if __name__ == "__main__":
    sys.exit(main())
