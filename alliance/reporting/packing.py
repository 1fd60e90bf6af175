"""Making the pack as long work: one reading, a file after the other, and at the end one ZIP with a list of its files and their digests.

It is whole or it is not there: a template that does not fill or a character without a glyph is named, and no pack is kept.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from datetime import date
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alliance import clock
from alliance.documents.making import CHINESE, keep
from alliance.documents.zipping import zipped
from alliance.exchange.models import Export
from alliance.history.canonical import digest
from alliance.history.record import Code, record
from alliance.jobs import working
from alliance.reporting import parts, reading
from alliance.reporting.papers import PACK, REPORT_PACK, may_report
from alliance.workflow import NotAllowed, Refused
from applications.models import Batch
from members.models import Term

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.accounts.models import User
    from alliance.jobs.models import Job

WORK = "make the pack for the Department"
BIND, READ = 0, 1
LISTED, FOR_MACHINES = "00_材料清单.txt", "00_材料清单.json"
REQUEST = "01_报批请示.docx"


@transaction.atomic
def ask(batch: Batch, term: Term, on: date, *, by: User) -> Job:
    """Make the pack of this day; that it leaves the portal is written down as any export."""
    if not may_report(by, batch):
        raise NotAllowed(_("This paper cannot be made now, or not by you."), thing=batch)
    with translation.override(CHINESE):
        name = f"{REPORT_PACK.title}_{batch}_{on:%Y%m%d}.zip"
    note = Export.objects.create(
        what="applications.batch", sheet=PACK, by=by, count=1, form="zip", heads=[], on=on, things=[batch.pk, term.pk],
        file_name=name,
    )  # fmt: skip
    record(note, "export", by=by, inputs={"sheet": Code(PACK), "rows": 1, "form": Code("zip")})
    label = _("Make %(file)s") % {"file": note.file_name}
    return working.ask(WORK, [READ, *parts.PARTS, BIND], label=label, by=by, back=reverse("admin:report_pack"), of=note.pk, papers=0)


@working.work(WORK)
def make_part(job: Job, part: int) -> None:
    """The next file. After a failure nothing more is made, and each step that is passed over says so."""
    note = Export.objects.select_for_update(of=("self",)).get(pk=job.inputs["of"])
    if job.skipped.exists():
        raise Refused(_("The pack was not made: an earlier step failed."))
    if part == READ:
        batch, term = Batch.objects.get(pk=note.things[0]), Term.objects.get(pk=note.things[1])
        note.rows = [reading.settled(batch, term, note.on) | {"batch_key": batch.pk}]
    elif part == BIND:
        bind(job, note)
    else:
        note.rows += [packed(each) for each in parts.PARTS[part](note.rows[0])]
        working.ready(job, len(note.rows) - 1)
    note.save(update_fields=["rows"])


def packed(file: parts.File) -> list[str]:
    """A file as JSON keeps it until the pack is bound."""
    return [file.annex, file.name, b64encode(file.content).decode(), file.source]


def bind(job: Job, note: Export) -> None:
    """The request with its number, the list, and all of it as one paper about the batch; what it was made of is not kept beside it."""
    said, *files = note.rows
    made = [parts.File(annex, name, b64decode(content), source) for annex, name, content, source in files]
    batch = Batch.objects.select_for_update().get(pk=said["batch_key"])
    if not may_report(job.by, batch):
        raise NotAllowed(_("This paper cannot be made now, or not by you."), thing=batch)
    paper = keep(REPORT_PACK, batch, by=job.by, draw=partial(bound, said, made, clock.now()), occasion=f"day {said['day']}")
    note.rows = []
    working.ready(job, len(made) + 1)
    working.made(job, paper.get_absolute_url())


def bound(said: dict[str, Any], made: list[parts.File], moment: datetime, number: str, issue: int) -> tuple[str, bytes, int]:
    annexes = [annex for annex in parts.ANNEXES if any(file.annex == annex for file in made)]
    files = [parts.File("请示", REQUEST, parts.request(said, annexes, number), parts.DRAWN), *made]
    listing = contents(said, files, moment, number, issue)
    with_lists = [
        (LISTED, in_words(listing).encode("utf-8-sig")),
        (FOR_MACHINES, json.dumps(listing, ensure_ascii=False, indent=2).encode()),
        *((file.name, file.content) for file in files),
    ]
    return f"{said['batch']}_{said['day'].replace('-', '')}", zipped((name, content, moment) for name, content in with_lists), 0


def contents(said: dict[str, Any], files: list[parts.File], moment: datetime, number: str, issue: int) -> dict[str, Any]:
    """What is in the pack, for people and machines: each file with its size, its digest and where it comes from."""
    return {
        "title": "报批材料包",
        "number": number,
        "issue": issue,
        "issued_by": said["issued_by"],
        "batch": said["batch"],
        "term": said["term"],
        "data_of": said["day"],
        "made_at": moment.astimezone(clock.SHANGHAI).isoformat(timespec="seconds"),
        "data_sha256": digest(said),
        "members": said["members"]["count"],
        "seats": said["council"]["planned"],
        "files": [
            {"name": each.name, "bytes": len(each.content), "sha256": sha256(each.content).hexdigest(), "source": each.source}
            for each in files
        ],
        "left_out": parts.left_out(said),
    }


def in_words(listing: dict[str, Any]) -> str:
    """The list as a text that any editor opens; Windows' lines, since there it is read."""
    lines = [
        f"{listing['issued_by']}",
        f"{listing['title']}　{listing['number']}　第{listing['issue']}次制作",
        "",
        f"批次：{listing['batch']}　届次：{listing['term']}　数据截至：{listing['data_of']}",
        f"会员单位：{listing['members']}家　理事会席位：{listing['seats']}席",
        f"制作时间：{listing['made_at']}",
        f"数据摘要（SHA-256）：{listing['data_sha256']}",
        "",
        f"文件共{len(listing['files'])}个：",
    ]
    for n, each in enumerate(listing["files"], 1):
        lines += [f"{n:>2}. {each['name']}", f"    {each['bytes']}字节　{each['source']}", f"    SHA-256：{each['sha256']}"]
    if listing["left_out"]:
        lines += ["", "未列入：", *listing["left_out"]]
    lines += ["", "核对方法：对任一文件计算SHA-256，与上列摘要一致的，即为本次报送的原件。", ""]
    return "\r\n".join(lines)
