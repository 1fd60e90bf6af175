"""The people of the office, and the units that play a part by name. Every name bears the mark 演示, every person a digit for a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance.accounts.choices import Office
from applications.choices import SeatWanted
from members.choices import Direction, ServiceKind, UnitType

if TYPE_CHECKING:
    from random import Random
    from typing import Any

OFFICE = {
    "clerk": ("张示一", Office.CLERK),
    "officer": ("李范二", Office.OFFICER),
    "secretary": ("王例三", Office.SECRETARY),
    "sysadmin": ("赵演四", Office.SYSADMIN),
    "security": ("钱示五", Office.SECURITY),
    "auditor": ("孙范六", Office.AUDITOR),
}
HONOURED = {"name": "唐示乙", "affiliation": "演示科学院 研究员（样例）"}
EXPERTS = {"expert": "周例七", "expert2": "吴演八"}
ADVISERS = {  # of the think tank too, without accounts: name, where from, which directions
    "郑范甲": ("演示汽车工程学会", (Direction.ELECTRIC, Direction.ICV)),
    "冯示丁": ("演示氢能标准委员会", (Direction.HYDROGEN,)),
    "陈例己": ("演示交通规划研究院", (Direction.INFRASTRUCTURE,)),
}

# Who plays a part by name; what is not said here is drawn like any other unit's.
LEADER, MEMBER, RIVAL, BEGINNER, PARTNERSHIP, HOSTED = "leader", "member", "rival", "beginner", "partnership", "hosted"
ACCOUNTS = {LEADER: "council", MEMBER: "member", RIVAL: "applicant2", BEGINNER: "applicant"}
PARTS: dict[str, dict[str, Any]] = {
    LEADER: {
        "name": "珠江演示理工大学",
        "short": "珠江理工",
        "unit_type": UnitType.UNIVERSITY,
        "region": "440100",
        "direction": Direction.ELECTRIC,
        "seat_wanted": SeatWanted.VICE_CHAIR,
        "business": "车辆工程、动力电池与电驱动系统的研究和人才培养",
    },
    MEMBER: {
        "name": "佛山榕霁演示氢能科技有限公司",
        "short": "榕霁",
        "unit_type": UnitType.ENTERPRISE,
        "region": "440600",
        "direction": Direction.HYDROGEN,
        "seat_wanted": SeatWanted.DIRECTOR,
        "business": "燃料电池电堆与车载储氢系统的研发和生产",
    },
    RIVAL: {
        "name": "江门晔朔演示激光雷达有限公司",
        "short": "晔朔",
        "unit_type": UnitType.ENTERPRISE,
        "region": "440700",
        "direction": Direction.ICV,
        "seat_wanted": SeatWanted.DIRECTOR,
        "recommended": True,
        "business": "车载激光雷达的研发和生产",
    },
    BEGINNER: {
        "name": "中山溯筠演示电驱动有限公司",
        "short": "溯筠",
        "unit_type": UnitType.ENTERPRISE,
        "region": "442000",
        "direction": Direction.ELECTRIC,
        "seat_wanted": SeatWanted.MEMBER,
        "business": "电驱动桥与电机控制器的研发和生产",
    },
    PARTNERSHIP: {
        "name": "广州昱砚演示知识产权代理事务所（普通合伙）",
        "short": "昱砚",
        "unit_type": UnitType.SERVICE_BODY,
        "service_kind": ServiceKind.IP,
        "region": "440100",
        "direction": Direction.ELECTRIC,
        "seat_wanted": SeatWanted.MEMBER,
        "business": "专利代理与知识产权咨询",
    },
    HOSTED: {
        "name": "广东省珩岚演示氢能产业技术创新联盟",
        "short": "珩岚联盟",
        "unit_type": UnitType.ALLIANCE,
        "region": "440100",
        "direction": Direction.HYDROGEN,
        "seat_wanted": SeatWanted.MEMBER,
        "business": "组织氢能产业链上下游单位开展联合攻关与标准研究",
    },
}

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
MARKS, DIGITS = "示范例演", "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"


def person(rng: Random) -> str:
    """Somebody of a unit: plainly fictitious, and no namesake of the office's people, of who is honoured or of an expert, who could not review the unit."""
    while (name := rng.choice(SURNAMES) + rng.choice(MARKS) + rng.choice(DIGITS)) in KNOWN:
        pass
    return name


KNOWN = {HONOURED["name"], *ADVISERS, *EXPERTS.values(), *(name for name, _office in OFFICE.values())}
