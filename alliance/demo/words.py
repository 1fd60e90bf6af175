"""What the units say of themselves: sentences by direction and kind, each with the word 样例."""

from members.choices import Direction, Field, Ownership, Scale, UnitType

E, H, I, F = Direction.ELECTRIC, Direction.HYDROGEN, Direction.ICV, Direction.INFRASTRUCTURE  # noqa: E741 — the intelligent direction, beside E, H and F

BUSINESS = {
    E: ("动力电池系统与电驱动总成的研发和生产", "车用电机控制器的设计与制造", "轻量化车身与底盘部件的制造", "电池材料的制备与回收利用", "整车集成与试验验证"),
    H: ("燃料电池电堆与系统的研发和生产", "车载储氢系统与阀门的制造", "氢气制储运加技术的研究与检测", "膜电极与双极板的研制"),
    I: ("智能驾驶域控制器与感知算法的研发", "车载激光雷达与毫米波雷达的研制", "车路协同通信设备的设计与制造", "车规级芯片与操作系统的开发"),
    F: ("大功率充电设备与换电站的研发和运营", "园区充电网络与储能的投资和运营", "车网互动与综合能源服务", "智慧交通设施的设计与施工"),
}  # fmt: skip
FIELDS = {
    E: (Field.BATTERY, Field.HYBRID, Field.PARTS, Field.WHOLE_VEHICLE, Field.MATERIALS),
    H: (Field.FUEL_CELL, Field.REFUELLING, Field.MATERIALS),
    I: (Field.CONNECTED, Field.AI, Field.CIRCUITS, Field.FIVE_G),
    F: (Field.CHARGING, Field.ENERGY, Field.ROADS, Field.TRANSPORT),
}
OWNERS = {Ownership.PRIVATE: 70, Ownership.STATE: 18, Ownership.FOREIGN: 4, Ownership.HMT: 5, Ownership.JOINT: 3}
SCALES = {Scale.LARGE: 1000, Scale.MEDIUM: 300, Scale.SMALL: 20, Scale.MICRO: 0}
OTHER_BUSINESS = {
    UnitType.UNIVERSITY: "车辆工程、材料与信息学科的教学和科学研究",
    UnitType.PUBLIC_INSTITUTION: "检验检测、标准与科技信息服务",
    UnitType.SERVICE_BODY: "面向新能源汽车产业链的专业服务",
    UnitType.ALLIANCE: "组织产业链上下游单位开展联合攻关与标准研究",
}
RESEARCH = (
    "设有研发中心，承担省级科研项目，拥有自主知识产权。（样例）",
    "与高校共建联合实验室，近三年申请发明专利若干件。（样例）",
    "建有中试线与试验台架，可开展整车及部件验证。（样例）",
    "参与行业标准制修订，研发团队结构合理。（样例）",
)
SERVICE = ("设有面向中小企业的公共服务平台，提供检测、咨询与培训。（样例）", "为产业链单位提供技术转移、知识产权与投融资对接。（样例）")
INDUSTRY = ("具备批量生产条件，产品已在示范线路上应用。（样例）", "在大湾区设有生产基地与售后网络。（样例）")
PLANS = (
    "参与技术路线图研究，开放实验与检测条件。（样例）",
    "牵头关键部件联合攻关，组织示范应用。（样例）",
    "承担人才培训与技术对接活动。（样例）",
    "协助开展产业调研、标准研究与国际交流。（样例）",
)
HONOURS = ("", "", "省级工程技术研究中心（样例）", "市级企业技术中心（样例）")
POSTS = {
    UnitType.ENTERPRISE: ("总经理", "副总经理", "技术总监", "董事长"),
    UnitType.UNIVERSITY: ("副校长", "汽车学院院长", "科研处处长"),
    UnitType.INSTITUTE: ("院长", "副院长", "首席研究员"),
    UnitType.PUBLIC_INSTITUTION: ("主任", "副主任"),
    UnitType.SERVICE_BODY: ("总经理", "合伙人代表", "业务总监"),
    UnitType.ALLIANCE: ("秘书长", "副秘书长"),
}
DEPARTMENTS = ("综合部", "科技部", "科研管理部", "战略发展部", "行政办公室")
REASONS = (
    "行业骨干单位，具有影响力和社会责任感。（样例）",
    "在本方向技术领先，愿意承担联盟工作。（样例）",
    "长期支持产业协同创新，代表性强。（样例）",
)
OPINIONS = (
    "符合征集条件，拟提交审议。（样例）",
    "材料齐全，主营业务与征集范围相符。（样例）",
    "具备研发与产业化条件，建议通过初审。（样例）",
)
CORRECT = {
    "C01": "请补充上传登记证书。（样例）",
    "C05": "登记证书扫描件不清晰，请重新上传。（样例）",
    "C07": "能力条件说明过于简略，请补充。（样例）",
}
REFUSE = {
    "J02": "主营业务与新能源汽车产业链无直接关联。（样例）",
    "J03": "未能说明科研、服务能力或产业化条件。（样例）",
    "J08": "会议审议未获通过，建议条件成熟后重新申请。（样例）",
}
DEFER = "请补充拟承担工作的具体安排，转入下一批次审议。（样例）"
OBJECTION = {
    "name": "陈示八",
    "affiliation": "",
    "telephone": "",
    "email": "objector@example.com",
    "words": "署名来函反映申报材料中的研发人员数有出入，请予核查。（样例）",
}
UNFOUNDED = "经核查，申报材料与社保、合同相符，异议不成立。（样例）"

FOUND = (  # what the experts write
    "研发基础较好，与联盟方向契合，建议吸纳。（样例）",
    "产业化条件具备，联盟工作的承担设想可行。（样例）",
    "材料翔实，建议明确对接人员和年度任务后吸纳。（样例）",
)
RECUSED = "近三年有合作项目。（样例）"
