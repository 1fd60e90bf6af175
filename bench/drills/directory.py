"""What the directory costs at 100,000 units: statements and milliseconds a page. Run: `bin/drills directory`.

Median and slowest of thirty requests of each question, by an anonymous visitor: the server's time from the request to the whole answer.
"""

import os
import statistics
import sys
import time
from datetime import date, timedelta
from random import Random

import stage

TIMES, AT_ONCE = 30, 5000
MOST_STATEMENTS, MOST_MILLISECONDS = 10, 150
BRANDS, FIELDS = (
    "岭穗湾珠禾云澜曜驰擎璟沐谷枢辰翊",
    ("新能源科技", "动力电池", "氢能装备", "智能驾驶", "充换电", "车联网", "电驱动", "检测"),
)
ENDS = ("有限公司", "股份有限公司", "研究院", "大学", "中心")
QUESTIONS = {
    "everything, page 1": "/members/",
    "everything, page 500": "/members/?page=500",
    "the last page": "/members/?page=1000000",
    "two characters, rare": "/members/?q=岭曜",
    "two characters, common": "/members/?q=深圳",
    "two characters, in most": "/members/?q=有限",
    "two characters, page 500": "/members/?q=有限&page=500",
    "initials": "/members/?q=szly",
    "four facets": "/members/?direction=hydrogen&direction=icv&type=enterprise&region=440000&chain=midstream",
    "four facets and words, as a table by name": "/members/?q=深圳&direction=hydrogen&type=enterprise&region=440300&chain=midstream&sort=name&view=table",
    "by name, page 500": "/members/?sort=name&page=500",
}


def main() -> int:
    """Fill, ask, and fail where a promise breaks."""
    stage.prepare(SITE_URL="http://testserver", ALLOWED_HOSTS="*")
    from django.conf import settings

    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    units = int(os.environ.get("UNITS", "100000"))
    began = time.monotonic()
    fill(units)
    print(f"{units} units listed in {time.monotonic() - began:.0f} s", flush=True)
    kept = [measure(name, address) for name, address in QUESTIONS.items()]
    for name, address in {"figures": "/members/figures/", "CSV": "/members/units.csv", "JSON": "/members/units.json"}.items():
        measure(name, address, times=5)
    return 0 if all(kept) else 1


def fill(units: int) -> None:
    from django.db import connection
    from django.utils import translation

    from members.choices import ChainPosition, Direction, Scale, UnitType
    from members.models import MemberUnit, Organisation
    from members.models.listing import list_again
    from members.regions import GUANGDONG, REGIONS

    rng, first = Random(864), date(2020, 12, 1)
    with translation.override("zh-hans"):
        cities = {code: str(word) for code, word in REGIONS.items()}
    weights = [20 if code in ("440100", "440300") else 4 if code in GUANGDONG else 0.5 for code in REGIONS]
    for start in range(1, units + 1, AT_ONCE):
        serials = range(start, min(start + AT_ONCE, units + 1))
        organisations = [organisation(n, rng, cities, weights, UnitType, Direction, ChainPosition, Scale) for n in serials]
        Organisation.objects.bulk_create(organisations)
        made = [
            MemberUnit(organisation=each, number=f"GBANEV-{n:04d}", admitted_on=first + timedelta(days=n * 1500 // units))
            for n, each in zip(serials, organisations, strict=True)
        ]
        list_again(MemberUnit.objects.bulk_create(made))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def organisation(n, rng, cities, weights, types, directions, positions, scales):  # noqa: PLR0917 — words there are
    from members.models import Organisation

    region = rng.choices(list(cities), weights)[0]
    name = f"{cities[region]}{rng.choice(BRANDS)}{rng.choice(BRANDS)}演示{rng.choice(FIELDS)}{n}{rng.choices(ENDS, (60, 20, 8, 6, 6))[0]}"
    chain = rng.choices([["upstream"], ["midstream"], ["downstream"], ["upstream", "midstream"], []], (30, 40, 20, 5, 5))[0]
    return Organisation(
        name=name, short_name=name[:6], reg_no=f"XX{n:016d}", region=region, unit_type=rng.choices(list(types), (62, 9, 11, 4, 9, 4, 1))[0],
        main_direction=rng.choices(list(directions), (45, 18, 22, 15))[0], chain_position=chain, scale=rng.choice([*scales, ""]), main_business="动力电池系统的研发和生产" * 8,
    )  # fmt: skip


def measure(name: str, address: str, times: int = TIMES) -> bool:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, each = Client(), []
    with CaptureQueriesContext(connection) as statements:
        answered(client, address)
    asked = statements.captured_queries
    for _time in range(times):
        began = time.perf_counter()
        answered(client, address)
        each.append(1000 * (time.perf_counter() - began))
    median = statistics.median(each)
    kept = len(asked) <= MOST_STATEMENTS and median <= MOST_MILLISECONDS
    print(f"{name}: {len(asked)} statements, {median:.0f} ms (slowest {max(each):.0f})", flush=True)
    return kept


def answered(client: object, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, address
    if answer.streaming:
        assert b"".join(answer.streaming_content)


if __name__ == "__main__":
    sys.exit(main())
