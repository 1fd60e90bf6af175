"""Reports coverage before pytest's closing line and fails a whole run that falls below the promised share."""

import pytest
from coverage import Coverage
from coverage.exceptions import NoDataError

FAILED = 1


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """`bin/test` without arguments loads this plugin and starts the measuring."""
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
