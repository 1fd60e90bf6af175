"""The process that opens one file: it bounds itself, does one job, and says in JSON how that went."""

import contextlib
import json
import resource
import sys
from pathlib import Path

from .limits import MEMORY, OUTPUT, SECONDS
from .refusal import Bad


def main() -> None:
    """`JOB SOURCE TARGET [WHICH …]`."""
    job, source, target, *which = sys.argv[1:]
    bound()
    json.dump(do(job, Path(source), Path(target), *which), sys.stdout)


def bound() -> None:
    """Time, memory and what may be written, before anything foreign is read; some systems do not bound memory."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def do(job: str, source: Path, target: Path, *which: str) -> dict[str, object]:
    """What was found; or why not: a library that stumbles over a file says that the file is broken."""
    try:
        return work(job, source, target, *which)
    except Bad as bad:
        return {"refused": bad.code}
    except (MemoryError, RecursionError):
        return {"refused": "complex"}
    except OSError as failure:
        return {"refused": "full" if failure.errno in (28, 122) else "broken"}
    except Exception:  # noqa: BLE001 — whatever a parser raises, the answer is the same
        return {"refused": "broken"}


def work(job: str, source: Path, target: Path, *which: str) -> dict[str, object]:
    """Each library is loaded only where it is needed: that is most of the process's life."""
    match job:
        case "pdf":
            from . import pdf

            return pdf.look(source)
        case "docx" | "xlsx":
            from . import ooxml

            return ooxml.look(source, job)
        case "page":
            from . import drawing

            return drawing.draw(source, target, int(which[0]))
        case "codes":
            from . import codes

            return codes.read(source)
        case "table":
            from . import table

            return table.read(source, which[0])
        case "bind":
            from . import binding

            return binding.bind([source, *map(Path, which)], target)
        case "join":
            from . import joining

            return joining.join([source, *map(Path, which)], target)
        case _:
            from . import pictures

            return pictures.take(source, target, job)
