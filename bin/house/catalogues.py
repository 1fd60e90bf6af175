"""Translations without gettext: Babel reads code and templates, writes `.po`, compiles `.mo` and checks both.

    bin/catalogues update     take new messages into the .po files, drop those that are gone
    bin/catalogues compile    .po to .mo
    bin/catalogues check      fail on anything missing, uncertain, outdated or wrong in zh_Hans and zh_Hant

Babel and Django live in `.venv`: called with another python, the command goes there first.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from house import PYTHON, ROOT, VENV, environment, release
from house.say import Refusal, say
from house.stamps import Stamps, fingerprint

LOCALE = ROOT / "alliance/locale"
LANGUAGES = ("zh_Hans", "zh_Hant")  # English is the source; Django never lets it fall back to another language
PACKAGES = ("alliance", "members", "applications", "council")
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
MARKS = ("Translators:",)
NOISE = ("-Date: ", '"Report-Msgid', '"Last-Translator', '"Language-Team', '"Generated-By')  # they change without a message changing


def main(arguments: list[str]) -> int:
    """Do the one thing asked for."""
    todo: dict[str, Callable[[], int]] = {"update": update, "compile": compile_all, "check": check}
    if len(arguments) != 1 or arguments[0] not in todo:
        raise Refusal("用法：bin/catalogues update|compile|check。", "Say which: bin/catalogues update|compile|check.")
    if Path(sys.prefix).resolve() != VENV.resolve():
        environment.ensure("run")
        return subprocess.run([PYTHON, ROOT / "bin/house", "catalogues", *arguments], check=False).returncode
    return todo[arguments[0]]()


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES/django.po"


# ── update ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def update() -> int:
    """New messages come in empty; nothing is guessed."""
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(messages(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write(catalogue, po_file(language))
        empty = sum(1 for message in catalogue if message.id and not filled(message))
        say(f"{po_file(language).relative_to(ROOT)}：", f"{len(catalogue)} messages, {empty} without translation.")
    return 0


def messages() -> Any:
    """Everything the code and the templates say, without line numbers: a moved line is no change to a catalogue."""
    from babel.messages.catalog import Catalog

    found = Catalog(fuzzy=False)
    for path in sources():
        with path.open("rb") as content:
            read_messages = from_python if path.suffix == ".py" else from_template
            for _line, message, comments, context in read_messages(content):
                found.add(message, None, [(str(path.relative_to(ROOT)), 0)], auto_comments=comments, context=context)
    return found


def sources() -> Iterator[Path]:
    """Code but for migrations, and every template."""
    for package in PACKAGES:
        yield from (path for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts)
    for folder in (ROOT / "templates", *(ROOT / package for package in PACKAGES)):
        yield from (path for suffix in ("html", "txt", "svg") for path in sorted(folder.rglob(f"*.{suffix}")) if "locale" not in path.parts)


def from_python(content: IO[bytes]) -> Iterator[tuple[int, Any, list[str], str | None]]:
    from babel.messages.extract import extract

    return extract("python", content, KEYWORDS, MARKS, {"encoding": "utf-8"})


def from_template(content: IO[bytes]) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """Django's own templatize() makes a template into Python; it keeps the page's indentation, which Python's tokenizer refuses."""
    from django.utils.translation.template import templatize

    code = templatize(content.read().decode())
    return from_python(BytesIO("\n".join(line.strip() for line in code.split("\n")).encode()))


def read(language: str) -> Any:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = po_file(language)
    if not path.exists():
        return Catalog(
            locale=language, header_comment=f"# The alliance portal in {language}.", project="alliance portal", version="", fuzzy=False
        )
    with path.open("rb") as content:
        return read_po(content, locale=language)


def write(catalogue: Any, path: Path) -> None:
    from babel.messages.pofile import write_po

    path.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    write_po(content, catalogue, width=140, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = (line for line in content.getvalue().decode().splitlines(keepends=True) if not any(noise in line for noise in NOISE))
    path.write_text("".join(lines))


# ── compile ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def compile_all() -> int:
    """Each `.mo` is written beside its `.po` in one move."""
    from babel.messages.mofile import write_mo

    for language in LANGUAGES:
        if po_file(language).exists():
            draft = po_file(language).with_suffix(".new")
            catalogue = read(language)
            catalogue.creation_date = datetime.fromtimestamp(0, UTC)  # else the same .po would give other bytes every time
            with draft.open("wb") as content:
                write_mo(content, catalogue)
            draft.replace(po_file(language).with_suffix(".mo"))
    return 0


def compiled() -> None:
    """For the commands that need `.mo` files: compile when a `.po` has changed; a bundle brought them along."""
    if release.sheet():
        return
    catalogues = [po_file(language) for language in LANGUAGES if po_file(language).exists()]
    stamps = Stamps(VENV / "portal-messages.json")
    made_from = fingerprint(catalogues)
    if stamps.fresh("messages", made_from) and all(po.with_suffix(".mo").exists() for po in catalogues):
        return
    done = subprocess.run([PYTHON, ROOT / "bin/house", "catalogues", "compile"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal("译文无法编译。", f"The catalogues cannot be compiled: {done.stderr.strip().splitlines()[-1]}.")
    stamps.set(messages=made_from)


# ── check ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def check() -> int:
    """Every complaint on a line of its own; none is the only good answer."""
    wanted = messages()
    complaints = [f"{language}: {complaint}" for language in LANGUAGES for complaint in complaints_about(read(language), wanted)]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    say("译文检查：", f"{len(wanted)} messages in {len(LANGUAGES)} languages, {len(complaints)} complaints.")
    return 1 if complaints else 0


def complaints_about(catalogue: Any, wanted: Any) -> Iterator[str]:
    here, there = ({(message.id, message.context): message for message in one if message.id} for one in (catalogue, wanted))
    yield from (f"not in the catalogue (bin/catalogues update): {key[0]!r}" for key in there.keys() - here.keys())
    yield from (f"no longer said (bin/catalogues update): {key[0]!r}" for key in here.keys() - there.keys())
    for key in here.keys() & there.keys():
        if not filled(here[key]):
            yield f"missing: {key[0]!r}"
        if here[key].fuzzy:
            yield f"fuzzy: {key[0]!r}"
    yield from (f"wrong: {message.id!r}: {'; '.join(map(str, errors))}" for message, errors in catalogue.check())


def filled(message: Any) -> bool:
    """A plural is filled when each of its forms is."""
    return all(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)
