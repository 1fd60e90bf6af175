"""What the units are called: a fictional word, the mark 演示, and what they are. No known brand is among the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alliance.demo.places import HONG_KONG, MACAO, TAIWAN
from members.choices import Direction, ServiceKind, UnitType

if TYPE_CHECKING:
    from random import Random

    from alliance.demo.places import Place

MARK = "演示"
E, H, I, F = Direction.ELECTRIC, Direction.HYDROGEN, Direction.ICV, Direction.INFRASTRUCTURE  # noqa: E741 — the intelligent direction, beside E, H and F

SYLLABLES = {
    "岭": "ling", "穗": "sui", "湾": "wan", "珠": "zhu", "禾": "he", "云": "yun", "澜": "lan", "曜": "yao", "驰": "chi", "擎": "qing",
    "璟": "jing", "沐": "mu", "谷": "gu", "枢": "shu", "辰": "chen", "翊": "yi", "瀚": "han", "昱": "yu", "朔": "shuo", "泓": "hong",
    "霁": "ji", "珩": "heng", "骐": "qi", "岚": "lan", "溯": "su", "榕": "rong", "砚": "yan", "筠": "yun", "澄": "cheng", "晔": "ye",
}  # fmt: skip
WITH_CLOUD = "谷岭枢驰擎珠禾澜曜璟沐辰翊瀚昱朔泓霁珩骐岚溯榕湾穗筠澄"  # 云 beside these, before or after, is somebody's cloud
OTHERS = """
禾谷 谷禾 沐禾 珠禾 禾珠 湾谷 谷珠 泓禾 禾泓 驰擎 擎驰 骐驰 驰骐 瀚擎 翊擎 擎翊 朔驰 驰辰 辰驰 昱驰 榕驰
瀚辰 辰瀚 昱辰 辰昱 泓辰 沐辰 辰曜 曜辰 辰枢 枢辰 晔辰 辰晔 珩辰 泓瀚 瀚泓 泓澄 瀚澜 澜湾 湾澜 岚湾 湾岚
珠澜 澜沐 沐澜 沐岚 岚沐 岭珠 穗珠 珠穗
"""
KNOWN = frozenset([*OTHERS.split(), *("云" + each for each in WITH_CLOUD), *(each + "云" for each in WITH_CLOUD)])
INDUSTRIES = {
    E: ("新能源汽车", "动力电池", "电驱动", "电控"),
    H: ("氢能", "燃料电池"),
    I: ("智能驾驶", "车联网", "激光雷达"),
    F: ("充换电", "能源服务", "智慧交通"),
}
FIELDS = {
    E: ("新能源汽车", "动力电池", "电机电控", "轻量化材料"),
    H: ("氢能", "燃料电池", "储氢材料"),
    I: ("智能网联汽车", "车载芯片", "智能交通"),
    F: ("充电设施", "车网互动", "储能"),
}
SCHOOLS = ("理工大学", "交通大学", "科技大学", "学院", "职业技术学院", "汽车职业学院")
INSTITUTES = ("研究院", "研究所", "创新中心", "技术研究院")
CENTRES = ("科技服务中心", "机动车检测中心", "计量检测中心", "科技信息中心", "标准化中心", "科技创新中心")
SERVICES = {
    ServiceKind.IP: ("知识产权代理", "专利信息"),
    ServiceKind.FINANCE: ("创业投资", "产业基金管理"),
    ServiceKind.MEDIA: ("传媒", "汽车传媒"),
    ServiceKind.TECH_INTERMEDIARY: ("科技咨询", "技术转移服务", "科技孵化", "检验认证服务"),
}
TRADITIONAL = str.maketrans("岭湾云澜驰枢霁骐岚砚晔", "嶺灣雲瀾馳樞霽騏嵐硯曄")


class Named(NamedTuple):
    """A unit's names: in full, short, and in English where it has one."""

    full: str
    short: str
    english: str = ""


LONG = (
    "广东粤港澳大湾区新能源汽车动力电池全生命周期数字化管理与退役电池梯次利用及资源再生关键技术协同创新演示科技发展示范基地（集团）有限公司"
)
ODD = (  # names that forms, lists and papers have to bear, each with its region and direction
    (LONG, "全周期", "440100", E),
    ("广州钘𬬭演示动力电池材料有限公司", "钘𬬭", "440100", E),
    ("筠澄演示能源服务有限公司", "筠澄", "440400", F),
    ("筠澄演示能源服务有限公司", "筠澄", "440700", F),
)
ODD_ON_THE_COUNCIL = (
    ("深圳砚珩演示（集团）股份有限公司", "砚珩", "440300", E),
    ("佛山喆堃演示氢能科技有限公司", "喆堃", "440600", H),
    ("东莞 Demo eXample 演示智能驾驶科技 有限公司", "Demo eX", "441900", I),
    ("廣州嵐溯演示智慧交通有限公司", "嵐溯", "440100", F),
)


def brand(rng: Random) -> str:
    """Two syllables that are no brand we know."""
    while True:
        pair = "".join(rng.sample(list(SYLLABLES), 2))
        if pair not in KNOWN:
            return pair


def spelt(pair: str) -> str:
    return "".join(SYLLABLES[syllable] for syllable in pair).capitalize()


def called(rng: Random, unit_type: str, place: Place, direction: str, service: str = "") -> Named:
    """A name by the pattern of its kind."""
    word = brand(rng)
    if place in (HONG_KONG, MACAO, TAIWAN):
        return across(rng, word, place)
    match unit_type:
        case UnitType.UNIVERSITY:
            return Named(f"{place.name}{word}{MARK}{rng.choice(SCHOOLS)}", f"{word}{MARK}")
        case UnitType.INSTITUTE:
            return Named(f"{place.name}{word}{MARK}{rng.choice(FIELDS[direction])}{rng.choice(INSTITUTES)}", f"{word}院")
        case UnitType.PUBLIC_INSTITUTION:
            return Named(f"{place.name}{word}{MARK}{rng.choice(CENTRES)}", f"{word}中心")
        case UnitType.ALLIANCE:
            return Named(f"广东省{word}{MARK}{rng.choice(FIELDS[direction])}产业技术创新联盟", f"{word}联盟")
        case UnitType.SERVICE_BODY:
            return Named(f"{place.name}{word}{MARK}{rng.choice(SERVICES[service])}有限公司", word)
    ending = rng.choices(("科技有限公司", "有限公司", "股份有限公司", "技术股份有限公司"), (45, 35, 12, 8))[0]
    return Named(f"{place.name}{word}{MARK}{rng.choice(INDUSTRIES[direction])}{ending}", word)


def across(rng: Random, word: str, place: Place) -> Named:
    """As a company is called in Hong Kong, Macao or Taiwan: in traditional characters, and in English or Portuguese."""
    written = word.translate(TRADITIONAL)
    if place is HONG_KONG:
        return Named(f"{written}演示（香港）有限公司", written, f"Demo {spelt(word)} (Hong Kong) Limited")
    if place is MACAO:
        return Named(f"{written}演示（澳門）有限公司", written, f"{spelt(word)} Demo (Macau), Limitada")
    return Named(f"{written}演示科技股份有限公司", written)
