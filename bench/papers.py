"""What a paper costs: milliseconds per form, certificate and notice, once the fonts are read. Run: `.venv/bin/python bench/papers.py`.

It needs no database but an empty one in memory: the words are made up here. Median and slowest of thirty of each, and the peak of memory.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOMENT = datetime(2021, 3, 18, 2, tzinfo=UTC)
TIMES = 30


def main() -> None:
    sys.path.insert(0, str(ROOT))
    stand()
    from alliance.documents import word
    from alliance.documents.kinds import KINDS
    from alliance.documents.typesetting import FOLDER, typeset
    from applications import papers
    from applications.models import Application, Batch
    from members.models import Certificate
    from members.papers.certificates import code

    said = Application(name="深圳演示新能源科技有限公司", reg_no="91440300XX0000019G", main_business="研" * 500, cap_research="发" * 800)
    said.batch = Batch(number=1)
    form = papers.words_of_form(said, said, None) | {"issued_by": "联盟"}
    mark = papers.marks_of(said, None)
    certificate = {"subject": said.name, "name_en": "Demo Limited", "number": "GBANEV-0120210037", "member_number": "GBANEV-0037", "issue": 1,
                   "term": "第一届", "admitted_on": "2021年3月18日", "admitted_on_en": "18 March 2021", "valid_until": "2026年3月17日",
                   "alliance_en": "Alliance", "date": "2021年3月18日", "issued_by": "联盟", "post": "会员单位", "post_en": "a member unit",
                   "is_copy": False, "reissued_on": "", "qr": code(Certificate(code="ABCDEFGHJK"))}  # fmt: skip
    notice = KINDS["correction"].sample | {"number": "湾新汽联〔2021〕1号", "date": "2021年3月18日", "issued_by": "联盟", "issue": 1}
    template = (FOLDER / "correction.docx").read_bytes()
    measure("form", lambda n: papers.set_whole(form | {"number": f"SQ2021-{n:04d}"}, mark, moment=MOMENT))
    measure("certificate", lambda n: typeset("certificate", certificate | {"subject": f"深圳演示{n}有限公司"}, moment=MOMENT))
    measure("notice (Word)", lambda n: word.fill(template, notice | {"subject": str(n)}, title="补正通知书", moment=MOMENT))
    print(f"peak of memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def stand() -> None:
    """Settings that need nothing running."""
    nothing = {
        "DATABASE_URL": "sqlite:///:memory:",
        "REDIS_URL": "redis://localhost:1/0",
        "SECRET_KEY": "none",
        "ALLOWED_HOSTS": "localhost",
    }
    os.environ.update(nothing | {"DJANGO_SETTINGS_MODULE": "alliance.settings", "PORTAL_HOME": tempfile.mkdtemp()})
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def measure(name: str, make: object) -> None:
    began = time.monotonic()
    size = len(make(0))
    first = time.monotonic() - began
    each = []
    for n in range(1, TIMES + 1):
        began = time.monotonic()
        make(n)  # each differs: typst remembers what it has set before
        each.append(time.monotonic() - began)
    print(
        f"{name}: {1000 * statistics.median(each):.0f} ms (slowest {1000 * max(each):.0f}, first {1000 * first:.0f}), {size / 1024:.0f} KB"
    )


if __name__ == "__main__":
    main()
