"""Word from templates that the secretariat edits in Word. A template is code: it runs in a sandbox and sees nothing but the paper's own words."""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError

from alliance import clock

if TYPE_CHECKING:
    from datetime import datetime

    from docx.document import Document
    from jinja2 import Template

BROKEN = (TemplateError, PackageNotFoundError, BadZipFile, XMLSyntaxError, KeyError, ValueError, TypeError, AttributeError)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PaperEnvironment(SandboxedEnvironment):
    """What a template may do: name the paper's words, repeat and choose. It has no functions, and a text is not multiplied."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()

    @lru_cache(maxsize=256)  # noqa: B019 — there is one environment, and it stays
    def from_string(self, source: str, *args: Any, **options: Any) -> Template:
        """A part of a template is compiled once, however many papers are made with it."""
        return super().from_string(source, *args, **options)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"{operator} is not for templates")


@cache
def environment() -> PaperEnvironment:
    return PaperEnvironment()


def opened(content: bytes) -> DocxTemplate:
    return DocxTemplate(BytesIO(content))


def variables(content: bytes) -> set[str]:
    """The names that a template uses."""
    return opened(content).get_undeclared_template_variables(environment())


def fill(template: bytes, words: dict[str, Any], *, title: str, moment: datetime) -> bytes:
    """The Word paper of `template` with `words`, dated `moment`: the same bytes for the same words."""
    paper = opened(template)
    paper.render(words, jinja_env=environment())
    hold_together(paper.docx)
    describe(paper.docx.core_properties, title, moment)
    written = BytesIO()
    paper.save(written)
    return settled(written.getvalue(), moment)


def hold_together(paper: Document) -> None:
    """Who signs right below a table does not stand on a page alone: the table's last row goes with them."""
    for table in paper.tables:
        below = table._tbl.getnext()  # noqa: SLF001 — python-docx gives Word's own elements under a leading underscore
        if below is not None and below.tag == qn("w:p") and Paragraph(below, paper).alignment == WD_ALIGN_PARAGRAPH.RIGHT:
            for cell in table.rows[-1].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True


def describe(properties: Any, title: str, moment: datetime) -> None:
    """What Word says of the file: its title and its moment, and nobody's name."""
    properties.title, properties.author, properties.last_modified_by = title[:255], "", ""
    properties.created = properties.modified = moment
    properties.revision, properties.comments, properties.keywords = 1, "", ""


def settled(package: bytes, moment: datetime) -> bytes:
    """The same package with its parts in order of name and all of one time."""
    then = moment.astimezone(clock.SHANGHAI).timetuple()[:6]
    written = BytesIO()
    with ZipFile(BytesIO(package)) as parts, ZipFile(written, "w", ZIP_DEFLATED) as sorted_parts:
        for name in sorted(parts.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            info = ZipInfo(name, then)
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o600 << 16, 3
            sorted_parts.writestr(info, parts.read(name))
    return written.getvalue()
