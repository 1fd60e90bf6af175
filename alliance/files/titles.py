"""What an uploader's name for a file may be, and what kind of file it promises. The name is shown, never used on a disk."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from django.core.exceptions import ValidationError

from alliance.files.apart.limits import LONGEST_TITLE
from alliance.files.words import refusal
from alliance.text import refuse_hidden

PROMISED = {"pdf": "pdf", "jpg": "jpeg", "jpeg": "jpeg", "png": "png", "webp": "webp", "docx": "docx", "xlsx": "xlsx"}
TOLD = {
    "heic": {"heic", "heif", "hif"},
    "old_office": {"doc", "xls", "dot", "xlt", "wps", "et"},
    "macros": {"docm", "xlsm", "dotm", "xltm", "xlsb", "xlam"},
    "archive": {"zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "iso", "cab"},
}
RUNS = re.compile(
    r"\.(exe|com|scr|pif|bat|cmd|ps1|vbs?|vbe|jse?|wsf|hta|msi|msc|jar|lnk|url|reg|dll|cpl|sh|py|php\d?|phtml|aspx?|jsp|cgi|pl|html?|xhtml|shtml|svg|xml|swf|apk|app|dmg)\.",
    re.IGNORECASE,
)
NOT_IN_NAMES = set('<>:"/\\|?*')
UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # devices, to Windows


def promised(name: str) -> str:
    """What the ending says the file is; a refusal that says what to do where it is not accepted."""
    ending = PurePath(name).suffix[1:].lower()
    for code, endings in TOLD.items():
        if ending in endings:
            raise refusal(code)
    if ending not in PROMISED:
        raise refusal("kind")
    return PROMISED[ending]


def clean(name: str) -> str:
    """The name without its ending, as it is shown: one line, nothing hidden, nothing that a computer would take for a command."""
    title = unicodedata.normalize("NFC", name).strip()
    stem = title.rpartition(".")[0].strip()
    if len(title) > LONGEST_TITLE:
        raise refusal("title_long", most=LONGEST_TITLE)
    if is_odd(title) or not stem.strip(". ") or RESERVED.fullmatch(stem) or RUNS.search(title):
        raise refusal("title")
    return stem


def is_odd(title: str) -> bool:
    """Whether it holds what no file's name should."""
    try:
        refuse_hidden(title)
    except ValidationError:
        return True
    return bool(set(title) & NOT_IN_NAMES) or any(unicodedata.category(character) in UNSEEN for character in title)
