"""Where the province's units are: names as they stand in a firm's name, the registering division, the area code, districts."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A region as a unit of the demo names it."""

    region: str
    name: str
    division: str  # of a credit code: firms register with their city, Guangzhou's often with its own urban area
    area_code: str
    districts: tuple[str, ...]
    share: float


GUANGDONG = (
    Place("440300", "深圳", "440300", "0755", ("南山区", "坪山区", "宝安区", "龙岗区"), 26),
    Place("440100", "广州", "440101", "020", ("天河区", "黄埔区", "番禺区", "花都区"), 25),
    Place("440600", "佛山", "440600", "0757", ("南海区", "顺德区", "禅城区"), 10),
    Place("441900", "东莞", "441900", "0769", ("松山湖", "长安镇"), 6),
    Place("441300", "惠州", "441300", "0752", ("惠城区", "惠阳区"), 5),
    Place("440400", "珠海", "440400", "0756", ("香洲区", "金湾区"), 4),
    Place("442000", "中山", "442000", "0760", ("火炬区", "小榄镇"), 3),
    Place("440700", "江门", "440700", "0750", ("蓬江区", "新会区"), 3),
    Place("441200", "肇庆", "441200", "0758", ("端州区", "高要区"), 2),
    Place("440500", "汕头", "440500", "0754", ("龙湖区",), 0.6),
    Place("440800", "湛江", "440800", "0759", ("赤坎区",), 0.6),
    Place("441800", "清远", "441800", "0763", ("清城区",), 0.6),
    Place("440200", "韶关", "440200", "0751", ("浈江区",), 0.6),
    Place("445300", "云浮", "445300", "0766", ("云城区",), 0.6),
)
ELSEWHERE = (
    Place("110000", "北京", "110108", "010", ("海淀区",), 1),
    Place("310000", "上海", "310115", "021", ("浦东新区",), 1),
    Place("320000", "南京", "320100", "025", ("江宁区",), 1),
    Place("330000", "杭州", "330100", "0571", ("滨江区",), 1),
    Place("340000", "合肥", "340100", "0551", ("蜀山区",), 1),
    Place("420000", "武汉", "420100", "027", ("洪山区",), 1),
    Place("430000", "长沙", "430100", "0731", ("岳麓区",), 1),
    Place("450000", "柳州", "450200", "0772", ("鱼峰区",), 1),
)
HONG_KONG = Place("810000", "香港", "", "+852", ("沙田",), 2.5)
MACAO = Place("820000", "澳門", "", "+853", ("氹仔",), 1)
TAIWAN = Place("710000", "台北", "", "+886-2", ("內湖區",), 1.5)
ABROAD = (HONG_KONG, MACAO, TAIWAN)

PLACES = {place.region: place for place in (*GUANGDONG, *ELSEWHERE, *ABROAD)}
SHARES = {place.region: place.share for place in PLACES.values()}
IN_GUANGDONG = frozenset(place.region for place in GUANGDONG)
FOR_FIRMS = frozenset(place.region for place in ABROAD)  # what comes from there is a company
PROVINCE = "440000"  # where the province's own bodies are registered


def telephone(place: Place, serial: int) -> str:
    """Area code and a local number that begins with 0, as none does."""
    return f"{place.area_code}-0{serial // 10_000:03d} {serial % 10_000:04d}"
