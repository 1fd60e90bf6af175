"""Where a unit is: GB/T 2260 division codes of provinces, and of Guangdong's prefecture-level cities."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

GUANGDONG = {
    "440100": _("Guangzhou"),
    "440200": _("Shaoguan"),
    "440300": _("Shenzhen"),
    "440400": _("Zhuhai"),
    "440500": _("Shantou"),
    "440600": _("Foshan"),
    "440700": _("Jiangmen"),
    "440800": _("Zhanjiang"),
    "440900": _("Maoming"),
    "441200": _("Zhaoqing"),
    "441300": _("Huizhou"),
    "441400": _("Meizhou"),
    "441500": _("Shanwei"),
    "441600": _("Heyuan"),
    "441700": _("Yangjiang"),
    "441800": _("Qingyuan"),
    "441900": _("Dongguan"),
    "442000": _("Zhongshan"),
    "445100": _("Chaozhou"),
    "445200": _("Jieyang"),
    "445300": _("Yunfu"),
}

BUREAUX = {  # the science and technology bureaux of the 21 prefecture-level cities: a name, and so in Chinese in every language
    "440100": "广州市科学技术局",
    "440200": "韶关市科学技术局",
    "440300": "深圳市科学技术局",
    "440400": "珠海市科学技术局",
    "440500": "汕头市科学技术局",
    "440600": "佛山市科学技术局",
    "440700": "江门市科学技术局",
    "440800": "湛江市科学技术局",
    "440900": "茂名市科学技术局",
    "441200": "肇庆市科学技术局",
    "441300": "惠州市科学技术局",
    "441400": "梅州市科学技术局",
    "441500": "汕尾市科学技术局",
    "441600": "河源市科学技术局",
    "441700": "阳江市科学技术局",
    "441800": "清远市科学技术局",
    "441900": "东莞市科学技术局",
    "442000": "中山市科学技术局",
    "445100": "潮州市科学技术局",
    "445200": "揭阳市科学技术局",
    "445300": "云浮市科学技术局",
}

SPECIAL = {"810000": _("Hong Kong"), "820000": _("Macao"), "710000": _("Taiwan")}

PROVINCES = {
    "110000": _("Beijing"),
    "120000": _("Tianjin"),
    "130000": _("Hebei"),
    "140000": _("Shanxi"),
    "150000": _("Inner Mongolia"),
    "210000": _("Liaoning"),
    "220000": _("Jilin"),
    "230000": _("Heilongjiang"),
    "310000": _("Shanghai"),
    "320000": _("Jiangsu"),
    "330000": _("Zhejiang"),
    "340000": _("Anhui"),
    "350000": _("Fujian"),
    "360000": _("Jiangxi"),
    "370000": _("Shandong"),
    "410000": _("Henan"),
    "420000": _("Hubei"),
    "430000": _("Hunan"),
    "450000": _("Guangxi"),
    "460000": _("Hainan"),
    "500000": _("Chongqing"),
    "510000": _("Sichuan"),
    "520000": _("Guizhou"),
    "530000": _("Yunnan"),
    "540000": _("Xizang"),
    "610000": pgettext_lazy("province", "Shaanxi"),
    "620000": _("Gansu"),
    "630000": _("Qinghai"),
    "640000": _("Ningxia"),
    "650000": _("Xinjiang"),
}

REGIONS = {**GUANGDONG, **SPECIAL, **PROVINCES}
CHOICES = [
    (_("Guangdong"), list(GUANGDONG.items())),
    (_("Hong Kong, Macao and Taiwan"), list(SPECIAL.items())),
    (_("Other provinces"), list(PROVINCES.items())),
]
