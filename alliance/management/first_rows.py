"""What stands in the secretariat's own tables on the first day: bodies, directions and demands of fields, required papers, consent texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from applications.choices import Declaration, Paper
from applications.models import ConsentText, RequiredPaper
from members.choices import LEADS_TO, BodyKind, Field, Jurisdiction, UnitType
from members.models import Body, FieldDemand, FieldDirection
from members.models.demand import LABELS, usual

if TYPE_CHECKING:
    from datetime import datetime

# name, in traditional characters, English, kind, region: the notice, 联盟构架 (branches are planned: 拟在广州、深圳、佛山设立分支机构)
BODIES = (
    ("理事会", "理事會", "Council", BodyKind.COUNCIL, ""),
    ("专家委员会", "專家委員會", "Expert Committee", BodyKind.EXPERTS, ""),
    ("秘书处", "秘書處", "Secretariat", BodyKind.SECRETARIAT, ""),
    ("广州分支机构", "廣州分支機構", "Guangzhou Branch", BodyKind.BRANCH, "440100"),
    ("深圳分支机构", "深圳分支機構", "Shenzhen Branch", BodyKind.BRANCH, "440300"),
    ("佛山分支机构", "佛山分支機構", "Foshan Branch", BodyKind.BRANCH, "440600"),
    ("重大科技项目工作组", "重大科技項目工作組", "Working Group on Major Science and Technology Projects", BodyKind.WORKING_GROUP, ""),
    ("技术路线图工作组", "技術路線圖工作組", "Working Group on Technology Roadmaps", BodyKind.WORKING_GROUP, ""),
    ("技术预测工作组", "技術預測工作組", "Working Group on Technology Forecasts", BodyKind.WORKING_GROUP, ""),
)

# what each does, in the same three: the notice, 联盟构架
TASKS = {
    BodyKind.COUNCIL: ("联盟最高权力和决策机构。", "聯盟最高權力和決策機構。", "The alliance's highest body, which decides."),
    BodyKind.EXPERTS: ("联盟的战略性、全局性、专业性咨询智库，由学术界和产业界的领军专家组成。", "聯盟的戰略性、全局性、專業性諮詢智庫，由學術界和產業界的領軍專家組成。", "The alliance's think tank: leading experts of science and industry advise on strategy, on the whole and on their fields."),
    BodyKind.SECRETARIAT: ("联盟的运营核心，在理事会和专家委员会的领导和指导下统筹开展各项工作。", "聯盟的營運核心，在理事會和專家委員會的領導和指導下統籌開展各項工作。", "The operating core: led by the council and guided by the Expert Committee, it conducts the alliance's work."),
    "重大科技项目工作组": ("联合承接重大科技项目。", "聯合承接重大科技項目。", "Take on major science and technology projects together."),
    "技术路线图工作组": ("联合开展路线图研究。", "聯合開展路線圖研究。", "Study technology roadmaps together."),
    "技术预测工作组": ("进行重大技术预测。", "進行重大技術預測。", "Forecast major technologies."),
}  # fmt: skip
NO_TASKS = ("", "", "")

MAINLAND, HONG_KONG, MACAO, TAIWAN = Jurisdiction
ANY = ""
# place of registration, type of unit, paper, which exactly: in simplified and in traditional characters, in English, whether it has to be there
PAPERS = (
    (MAINLAND, UnitType.ENTERPRISE, Paper.CERTIFICATE, "营业执照（副本）", "營業執照（副本）", "business licence (copy)", True),
    (MAINLAND, UnitType.UNIVERSITY, Paper.CERTIFICATE, "事业单位法人证书；民办高校：民办非企业单位（社会服务机构）登记证书", "事業單位法人證書；民辦高校：民辦非企業單位（社會服務機構）登記證書", "certificate of a public institution; private: registration as a social service organisation", True),
    (MAINLAND, UnitType.INSTITUTE, Paper.CERTIFICATE, "事业单位法人证书；新型研发机构：社会服务机构登记证书或营业执照", "事業單位法人證書；新型研發機構：社會服務機構登記證書或營業執照", "certificate of a public institution; new research bodies: registration as a social service organisation, or business licence", True),
    (MAINLAND, UnitType.PUBLIC_INSTITUTION, Paper.CERTIFICATE, "事业单位法人证书", "事業單位法人證書", "certificate of a public institution", True),
    (MAINLAND, UnitType.SERVICE_BODY, Paper.CERTIFICATE, "营业执照或登记证书", "營業執照或登記證書", "business licence or certificate of registration", True),
    (MAINLAND, UnitType.OTHER, Paper.CERTIFICATE, "登记证书", "登記證書", "certificate of registration", True),
    (MAINLAND, UnitType.ALLIANCE, Paper.CERTIFICATE, "已登记：社会团体法人登记证书；契约型：依托单位的法人证书", "已登記：社會團體法人登記證書；契約型：依託單位的法人證書", "registered: certificate of a social organisation; by contract: the host unit's certificate", True),
    (MAINLAND, UnitType.ALLIANCE, Paper.ALLIANCE, "契约型：联盟协议或认定文件", "契約型：聯盟協議或認定文件", "by contract: the alliance's agreement or recognition", False),
    (HONG_KONG, ANY, Paper.CERTIFICATE, "商业登记证（BR）和公司注册证明书（CI）；法定机构：所依据的条例", "商業登記證（BR）和公司註冊證明書（CI）；法定機構：所依據的條例", "business registration (BR) and certificate of incorporation (CI); statutory bodies: the ordinance", True),
    (MACAO, ANY, Paper.CERTIFICATE, "商业登记证明；非营利团体：身份证明局证明书", "商業登記證明；非營利團體：身份證明局證明書", "commercial registration; non-profit: certificate of the identification authority", True),
    (TAIWAN, ANY, Paper.CERTIFICATE, "公司登记表或法人登记证书", "公司登記表或法人登記證書", "company registration, or certificate of a legal person", True),
    (ANY, ANY, Paper.SEALED_FORM, "单位盖章的申请表扫描件", "單位蓋章的申請表掃描件", "the application form with the unit's seal, scanned", True),
    (ANY, ANY, Paper.AUTHORISATION, "签署人不是法定代表人时", "簽署人不是法定代表人時", "where it is not the legal representative who signs", False),
    (ANY, ANY, Paper.RECOMMENDATION, "意向席位采用推荐方式时", "意向席位採用推薦方式時", "where a seat is sought by recommendation", False),
)  # fmt: skip

CONSENTS = {
    Declaration.TRUE: {
        "zh-hans": "本单位承诺：所填内容和所附材料真实、准确、完整，如有不实，愿承担由此产生的责任。",
        "zh-hant": "本單位承諾：所填內容和所附材料真實、準確、完整，如有不實，願承擔由此產生的責任。",
        "en": "The unit declares that what is stated and attached is true, accurate and complete, and answers for it.",
    },
    Declaration.CHARTER: {
        "zh-hans": "本单位自愿加入联盟，遵守联盟章程和各项制度，履行成员单位义务。",
        "zh-hant": "本單位自願加入聯盟，遵守聯盟章程和各項制度，履行成員單位義務。",
        "en": "The unit joins of its own will, keeps the alliance's charter and rules, and fulfils the duties of a member unit.",
    },
    Declaration.PERSONS: {
        "zh-hans": "已告知法定代表人、拟任会员代表和联络员：其姓名、职务和联系方式由联盟秘书处用于入会审核、联络和名册管理，草稿满半年未改动即删除，审核结束后按规定期限保存；本人可随时查询、更正或要求删除。以上人员均已同意。",
        "zh-hant": "已告知法定代表人、擬任會員代表和聯絡員：其姓名、職務和聯絡方式由聯盟秘書處用於入會審核、聯絡和名冊管理，草稿滿半年未改動即刪除，審核結束後按規定期限保存；本人可隨時查詢、更正或要求刪除。以上人員均已同意。",
        "en": "The legal representative, the proposed representative and the liaison officer were told that the secretariat uses their names, posts and contacts for the review, for contact and for the register; that a draft untouched for half a year is discarded and that what was submitted is kept for the prescribed time; and that they may ask to see, correct or delete their data at any time. They agree.",
    },
}


def body(name: str, hant: str, english: str, kind: str, region: str) -> Body:
    """A body with its names, and what the notice says that it does."""
    tasks = TASKS.get(kind) or TASKS.get(name, NO_TASKS)
    said = dict(zip(("tasks", "tasks_hant", "tasks_en"), tasks, strict=True))
    return Body(name=name, name_hant=hant, name_en=english, kind=kind, region=region, **said)


def install(since: datetime) -> None:
    """Fill the tables that are empty; what the secretariat has edited stays. The declarations are in force `since` the call went out."""
    if not Body.objects.exists():
        Body.objects.bulk_create(body(*line) for line in BODIES)
    if not FieldDirection.objects.exists():
        leads = {field: direction for direction, fields in LEADS_TO.items() for field in fields}
        FieldDirection.objects.bulk_create(FieldDirection(field=field, direction=leads.get(field, "")) for field in Field)
    if not FieldDemand.objects.exists():
        FieldDemand.objects.bulk_create(FieldDemand(field=name, demand=usual(name)) for name in LABELS)
    if not RequiredPaper.objects.exists():
        named = ("jurisdiction", "unit_type", "paper", "what", "what_hant", "what_en", "is_must")
        RequiredPaper.objects.bulk_create(RequiredPaper(**dict(zip(named, line, strict=True))) for line in PAPERS)
    if not ConsentText.objects.exists():
        ConsentText.objects.bulk_create(
            ConsentText(declaration=declaration, language=language, version=1, text=text, since=since)
            for declaration, texts in CONSENTS.items()
            for language, text in texts.items()
        )
