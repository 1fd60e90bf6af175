"""The twelve units of the story, and the people of the office. Every name bears the mark 演示, every person a digit for a name."""

from __future__ import annotations

from dataclasses import dataclass

from alliance.accounts.choices import Office
from alliance.demo.codes import uscc
from applications.choices import SeatWanted
from members.choices import Direction, Jurisdiction, UnitType

E, H, I, F = Direction.ELECTRIC, Direction.HYDROGEN, Direction.ICV, Direction.INFRASTRUCTURE  # noqa: E741 — I is the intelligent direction, beside E, H and F


@dataclass(frozen=True)
class Part:
    """One unit of the story. `account` names it in `accounts.json`; the others' people have no password."""

    name: str
    short: str
    unit_type: UnitType
    region: str
    reg_no: str
    direction: Direction
    business: str
    account: str = ""
    seat_wanted: SeatWanted = SeatWanted.MEMBER
    jurisdiction: Jurisdiction = Jurisdiction.MAINLAND


FIRM, UNIVERSITY, INSTITUTE = UnitType.ENTERPRISE, UnitType.UNIVERSITY, UnitType.INSTITUTE

UNIVERSITY_OF_THE_CHAIR = Part(
    "珠江演示理工大学",
    "珠江理工",
    UNIVERSITY,
    "440100",
    uscc("12", "440000", 1),
    E,
    "车辆工程、动力电池与电驱动系统的研究和人才培养",
    "council",
    SeatWanted.CHAIR,
)
FOUNDERS = (
    UNIVERSITY_OF_THE_CHAIR,
    Part(
        "深圳岭曜演示新能源科技有限公司",
        "岭曜",
        FIRM,
        "440300",
        uscc("91", "440300", 2),
        E,
        "动力电池系统与电驱动总成的研发和生产",
        seat_wanted=SeatWanted.VICE_CHAIR,
    ),
    Part(
        "佛山沐禾演示氢能科技有限公司",
        "沐禾",
        FIRM,
        "440600",
        uscc("91", "440600", 3),
        H,
        "燃料电池电堆与车载储氢系统的研发和生产",
        seat_wanted=SeatWanted.DIRECTOR,
    ),
    Part(
        "广州辰枢演示智能驾驶有限公司",
        "辰枢",
        FIRM,
        "440100",
        uscc("91", "440101", 4),
        I,
        "智能驾驶域控制器与感知算法的研发",
        "member",
        SeatWanted.DIRECTOR,
    ),
    Part("佛山演示氢能研究院", "佛山氢研", INSTITUTE, "440600", uscc("52", "440600", 5), H, "氢能制储运加关键技术的研究与检测"),
    Part(
        "云澜演示（香港）有限公司",
        "云澜",
        FIRM,
        "810000",
        "99000001",
        I,
        "车联网通信模组的设计与国际市场服务",
        jurisdiction=Jurisdiction.HONG_KONG,
    ),
    Part("东莞璟枢演示充换电有限公司", "璟枢", FIRM, "441900", uscc("91", "441900", 7), F, "换电站与大功率充电设备的研发和运营"),
    Part("珠海驰翊演示能源服务有限公司", "驰翊", FIRM, "440400", uscc("91", "440400", 8), F, "园区充电网络与储能的投资和运营"),
)
REJECTED = Part("惠州禾谷演示商贸有限公司", "禾谷", FIRM, "441300", uscc("91", "441300", 9), E, "汽车用品贸易")
DEFERRED = Part("曜湾演示（澳門）有限公司", "曜湾", FIRM, "820000", "90001(SO)", F, "充電設施的設計與安裝", jurisdiction=Jurisdiction.MACAO)
RIVAL = Part(
    "江门擎云演示激光雷达有限公司",
    "擎云",
    FIRM,
    "440700",
    uscc("91", "440700", 11),
    I,
    "车载激光雷达的研发和生产",
    "applicant2",
    SeatWanted.DIRECTOR,
)
BEGINNER = Part(
    "中山翊辰演示电驱动有限公司", "翊辰", FIRM, "442000", uscc("91", "442000", 12), E, "电驱动桥与电机控制器的研发和生产", "applicant"
)

OFFICE = {
    "clerk": ("张示一", Office.CLERK),
    "officer": ("李范二", Office.OFFICER),
    "secretary": ("王例三", Office.SECRETARY),
    "sysadmin": ("赵演四", Office.SYSADMIN),
    "security": ("钱示五", Office.SECURITY),
    "auditor": ("孙范六", Office.AUDITOR),
}

SURNAMES, MARKS, DIGITS = "陈黄林郑何罗梁宋谢唐邓冯", "示范例演", "七八九甲乙丙丁戊己庚辛壬"


def person(n: int) -> str:
    """The n-th person of the units: plainly fictitious."""
    return SURNAMES[n % len(SURNAMES)] + MARKS[n % len(MARKS)] + DIGITS[n % len(DIGITS)]
