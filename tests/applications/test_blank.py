"""The form to fill in by hand: every field of it, nothing filled in, no code."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdf
import pytest
from django.utils import translation
from docx import Document

from alliance import clock
from applications import blank
from applications.choices import Section
from applications.models import Application
from applications.models.answers import FIELDS

pytestmark = pytest.mark.django_db


def asked() -> list[str]:
    with translation.override("zh-hans"):
        return [
            Application.label(name)
            for section, names in FIELDS.items()
            if section != Section.DECLARATIONS
            for name in names
            if name != "currency"
        ]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_pdf_asks_everything_and_carries_no_code(client):
    answer = client.get("/applications/blank.pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages))
    assert [label for label in asked() if squeezed(label) not in text] == []
    assert all(words in text for words in ("空白", "承诺与签章", "筹建工作组审核意见", "本单位承诺", "智能网联"))
    assert "核验码" not in text


def test_the_word_file_asks_the_same_and_names_nobody(client):
    content = client.get("/applications/blank.docx").content
    paper = Document(BytesIO(content))
    text = squeezed("".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells))
    assert [label for label in asked() if squeezed(label) not in text] == []
    assert (paper.core_properties.author, paper.core_properties.last_modified_by) == ("", "")
    assert "vbaProject.bin" not in " ".join(ZipFile(BytesIO(content)).namelist())


def test_it_is_the_same_all_day_and_dated_by_the_day():
    noon = clock.midnight(clock.today()) + timedelta(hours=12)
    with clock.at(noon):
        first = blank.pdf(), blank.docx()
    with clock.at(noon + timedelta(hours=3)):
        assert (blank.pdf(), blank.docx()) == first
    with clock.at(noon + timedelta(days=1)):
        assert blank.docx() != first[1]


@pytest.mark.parametrize("page", ["/", "/notice/"])
def test_it_is_offered_where_one_reads_how_to_join(page, client):
    text = client.get(page).content.decode()
    assert all(address in text for address in ("/applications/blank.pdf", "/applications/blank.docx", "/applications/template.xlsx"))
