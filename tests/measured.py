"""Measures each process of a whole run, reports coverage before pytest's closing line and fails what falls below the promised share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from coverage import Coverage, CoverageData
from coverage.exceptions import NoDataError

if TYPE_CHECKING:
    from collections.abc import Generator

FAILED = 1


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """`bin/test` starts the measuring of the first process; a worker starts its own, before any of our code is read."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        Coverage(data_file=None).start()
    return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over what it has measured."""
    if hasattr(session.config, "workeroutput"):
        measuring = Coverage.current()
        measuring.stop()
        session.config.workeroutput["coverage"] = measuring.get_data().dumps()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """The first process adds it to its own; a worker that crashed has handed nothing over, and failed the run."""
    if measured := getattr(node, "workeroutput", {}).get("coverage"):
        theirs = CoverageData(no_disk=True)
        theirs.loads(measured)
        Coverage.current().get_data().update(theirs)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nobody measures when pytest is started without `bin/test`."""
    measuring = Coverage.current()
    if measuring is None:
        return
    measuring.stop()
    terminalreporter.section("coverage")
    try:
        share = measuring.report(file=terminalreporter._tw)
    except NoDataError:
        share = 0.0
    promised = measuring.config.fail_under
    if share < promised:
        terminalreporter.line(f"Coverage {share:.1f} % is below the promised {promised:g} %.", red=True)
        terminalreporter._session.exitstatus = terminalreporter._session.exitstatus or FAILED
