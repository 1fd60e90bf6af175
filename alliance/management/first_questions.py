"""The frequent questions of the first day, in three languages: facts of the notice and of this portal, and nothing else."""

from __future__ import annotations

from applications.choices import EnquiryTopic
from applications.models import FrequentQuestion

JOINING, POLICY, PERSONAL = EnquiryTopic
# topic, then question and answer in simplified and in traditional characters and in English
QUESTIONS = (
    (JOINING,
     "哪些单位可以申请加入联盟？",
     "新能源汽车领域及产业链上中下游相关的企业、高校、科研院所、事业单位，以及知识产权、金融投资、宣传媒体、科技中介等服务机构，均可申请；省内外和港澳台地区的单位都可以。申请单位应为依法注册登记的法人单位，具有良好的创新氛围，具备与新能源汽车相关的科研能力、服务能力或者产业化条件，有实力参与和承担联盟工作。",
     "哪些單位可以申請加入聯盟？",
     "新能源汽車領域及產業鏈上中下游相關的企業、高校、科研院所、事業單位，以及知識產權、金融投資、宣傳媒體、科技中介等服務機構，均可申請；省內外和港澳台地區的單位都可以。申請單位應為依法註冊登記的法人單位，具有良好的創新氛圍，具備與新能源汽車相關的科研能力、服務能力或者產業化條件，有實力參與和承擔聯盟工作。",
     "Which units may apply?",
     "Enterprises, universities, research institutes and public institutions in the field of new energy vehicles and its upstream, midstream and downstream, and service bodies: intellectual property, finance and investment, media, technology intermediaries. They may come from Guangdong, from other provinces, and from Hong Kong, Macao and Taiwan. A unit has to be a legal person registered under the law, with a good climate of innovation and with research capability, service capability or conditions for industrialisation related to new energy vehicles, and able to take part in and undertake the alliance's work."),
    (JOINING,
     "合伙企业、分公司或者个体工商户能申请吗？",
     "理事会单位和成员单位应为依法注册登记的法人单位。合伙企业、分公司、个体工商户不是法人，不能以自己的名义申请；请由其背后的法人单位申请，例如分公司由总公司、投资基金由其管理公司申请。没有法人资格的产业技术创新联盟由依托单位签署，在申请表中填写依托单位即可。",
     "合夥企業、分公司或者個體工商戶能申請嗎？",
     "理事會單位和成員單位應為依法註冊登記的法人單位。合夥企業、分公司、個體工商戶不是法人，不能以自己的名義申請；請由其背後的法人單位申請，例如分公司由總公司、投資基金由其管理公司申請。沒有法人資格的產業技術創新聯盟由依託單位簽署，在申請表中填寫依託單位即可。",
     "May a partnership, a branch or an individual business apply?",
     "Council units and member units are legal persons registered under the law. A partnership, a branch or an individual business is none and cannot apply in its own name: the legal person behind it applies, such as the company for its branch, or the manager for a fund. For an industry technology innovation alliance without legal personality its host unit signs; the form asks for the host."),
    (JOINING,
     "港澳台单位要交哪些材料？",
     "登记证件：香港为商业登记证（BR）和公司注册证明书（CI），法定机构为所依据的条例；澳门为商业登记证明，非营利团体为身份证明局证明书；台湾为公司登记表或法人登记证书。申请表由获授权签署人签署及／或盖章，不要求内地的统一社会信用代码。",
     "港澳台單位要交哪些材料？",
     "登記證件：香港為商業登記證（BR）和公司註冊證明書（CI），法定機構為所依據的條例；澳門為商業登記證明，非營利團體為身份證明局證明書；台灣為公司登記表或法人登記證書。申請表由獲授權簽署人簽署及／或蓋章，不要求內地的統一社會信用代碼。",
     "Which papers do units of Hong Kong, Macao and Taiwan hand in?",
     "Their registration. Hong Kong: business registration (BR) and certificate of incorporation (CI), a statutory body the ordinance. Macao: commercial registration, a non-profit body the certificate of the identification authority. Taiwan: company registration, or the certificate of a legal person. The form is signed by the authorised signatory, with signature and/or chop; no mainland credit code is asked for."),
    (JOINING,
     "什么时候截止？错过了怎么办？",
     "长期受理、集中审核，分批进行。每一批的受理截止时间见“征集批次”页，以北京时间24:00为准。截止之后提交的申请不会被退回，自动计入下一批；没有提交的草稿会保留。",
     "什麼時候截止？錯過了怎麼辦？",
     "長期受理、集中審核，分批進行。每一批的受理截止時間見「徵集批次」頁，以北京時間24:00為準。截止之後提交的申請不會被退回，自動計入下一批；沒有提交的草稿會保留。",
     "Until when can one apply, and what if one is late?",
     "Applications are accepted all year round and reviewed in batches. The deadline of each batch stands on the page of the batches, 24:00 Beijing time. What is submitted later is not refused: it counts for the next batch. A draft that was not submitted is kept."),
    (JOINING,
     "申请表要盖章吗？能不能用纸质材料申请？",
     "要。在线填写后打印申请表，由法定代表人签字、单位盖章，扫描后上传；原件可以寄送。不方便在线填写的，可以下载空白申请表（PDF、Word）手工填写，或者下载 Excel 模板填好后上传；也可以把纸质材料寄给或者交给联盟，由工作人员代为录入，以收到材料的时间计入批次。",
     "申請表要蓋章嗎？能不能用紙質材料申請？",
     "要。線上填寫後列印申請表，由法定代表人簽字、單位蓋章，掃描後上載；原件可以寄送。不方便線上填寫的，可以下載空白申請表（PDF、Word）手工填寫，或者下載 Excel 範本填好後上載；也可以把紙質材料寄給或者交給聯盟，由工作人員代為錄入，以收到材料的時間計入批次。",
     "Does the form need a seal, and may one apply on paper?",
     "It does: the form is printed after it is filled in, signed by the legal representative, sealed, scanned and uploaded; the original may be sent. Where filling in online does not suit, there is a blank form as PDF and Word and a template for Excel that can be uploaded; and what comes on paper to the office is entered there on the unit's behalf. The time it was received decides the batch."),
    (POLICY,
     "省科技厅已认定的12个联盟要不要申请？",
     "省科技厅已认定通过的12个新能源汽车领域相关产业技术创新联盟作为联盟的成员单位，同样通过本门户登记单位信息。没有法人资格的，由依托单位签署。",
     "省科技廳已認定的12個聯盟要不要申請？",
     "省科技廳已認定通過的12個新能源汽車領域相關產業技術創新聯盟作為聯盟的成員單位，同樣通過本門戶登記單位資訊。沒有法人資格的，由依託單位簽署。",
     "Do the twelve recognised alliances have to apply?",
     "The twelve industry technology innovation alliances in the field that the Department has recognised join as member units; they too state their data in this portal. For one without legal personality its host unit signs."),
    (PERSONAL,
     "申请表里写了我的姓名和电话，怎样查询、更正或者删除？",
     "登录后在“我的信息”页可以看到与您有关的全部信息、来源、用途和保存期限，可以导出，也可以提出更正、删除或者撤回同意的请求。没有账号的，请在本页提问，事项选择“我的个人信息”。我们在15个工作日内答复。",
     "申請表裏寫了我的姓名和電話，怎樣查詢、更正或者刪除？",
     "登入後在「我的資訊」頁可以看到與您有關的全部資訊、來源、用途和保存期限，可以匯出，也可以提出更正、刪除或者撤回同意的請求。沒有帳號的，請在本頁提問，事項選擇「我的個人資訊」。我們在15個工作日內答覆。",
     "An application names me: how do I see, correct or delete that?",
     "Signed in, the page “My data” shows all that is held on you, where it comes from, what for and how long; it can be exported, and corrections, deletion or the withdrawal of a consent can be asked for. Without an account, please ask on this page, with the topic “My personal information”. The answer comes within 15 working days."),
)  # fmt: skip


def install() -> None:
    """Into an empty table; what the secretariat has written since stays."""
    if FrequentQuestion.objects.exists():
        return
    FrequentQuestion.objects.bulk_create(
        FrequentQuestion(topic=topic, language=language, question=said[2 * n], answer=said[2 * n + 1], position=10 * (position + 1))
        for position, (topic, *said) in enumerate(QUESTIONS)
        for n, language in enumerate(("zh-hans", "zh-hant", "en"))
    )
