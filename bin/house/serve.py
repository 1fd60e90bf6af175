"""Web, worker and timetable side by side: started, watched, and started again when one of them dies."""

import contextlib
import http.client
import os
import socket
import subprocess
import time
from typing import Any

from house import PYTHON, ROOT
from house.home import Home
from house.keeper import Keeper
from house.prepare import last_line
from house.say import Refusal, say

PATIENCE = 90.0  # seconds for the first page
CALM = 20.0  # seconds alive that make an earlier death forgotten
HEARTBEAT = "from alliance.celery import app; app.send_task('alliance.jobs.tasks.heartbeat')"


class Service:
    """One process that shall always be there."""

    def __init__(self, name: str, command: list[str], given: dict[str, Any]) -> None:
        """`given` is what the process is started with."""
        self.name, self.command, self.given = name, command, given
        self.deaths = 0
        self.due = self.since = 0.0
        self.child: subprocess.Popen[Any] | None = None

    def mind(self, keeper: Keeper) -> None:
        """Start it when it is due; a death is followed by a new start, later each time it dies young."""
        if self.child is None and time.monotonic() >= self.due:
            self.since = time.monotonic()
            self.child = keeper.start([PYTHON, "-m", *self.command], **self.given)
        if self.child is not None and self.child.poll() is not None:
            self.mourn(keeper)

    def mourn(self, keeper: Keeper) -> None:
        """End what it left behind and say when it comes back."""
        keeper.bury(self.child)
        self.child = None
        self.deaths = 1 if time.monotonic() - self.since > CALM else self.deaths + 1
        pause = 0.0 if self.deaths == 1 else min(2.0 ** (self.deaths - 2), 30.0)
        self.due = time.monotonic() + pause
        say(f"{self.name} 进程已退出，正在重启。", f"The {self.name} process ended and is started again.")


def serve(home: Home, keeper: Keeper, entrance: socket.socket, surroundings: dict[str, str]) -> None:
    """Serve until somebody stops us."""
    web, worker, beat = services(home, entrance, surroundings)
    keeper.start([PYTHON, "-c", HEARTBEAT], **web.given)  # the pulse is felt before the timetable's first tick
    wait_for_page(home, keeper, web, worker, entrance.getsockname()[1])
    announce(home, surroundings)
    while True:
        for service in (web, worker, beat):
            service.mind(keeper)
        time.sleep(0.2)


def services(home: Home, entrance: socket.socket, surroundings: dict[str, str]) -> tuple[Service, Service, Service]:
    """Worker and timetable are apart, so that neither can be dead while the other seems alive."""
    fd = entrance.fileno()
    celery = ["celery", "--app", "alliance", "--quiet"]
    worker = [
        "worker",
        "--pool",
        "threads",
        "--concurrency",
        "2",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
        "--loglevel",
        "INFO",
    ]
    gunicorn = ["gunicorn", "alliance.wsgi", "--bind", f"fd://{fd}", "--workers", "1", "--worker-class", "gthread", "--threads", "4"]
    manners = ["--graceful-timeout", "5", "--timeout", "60", "--no-control-socket", "--access-logfile", "-"]

    def given(name: str, **more: Any) -> dict[str, Any]:
        log = os.open(home / f"logs/{name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return {"cwd": ROOT, "env": surroundings, "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log} | more

    return (
        Service("web", [*gunicorn, *manners], given("web", pass_fds=[fd])),
        Service("worker", [*celery, *worker], given("worker")),
        Service("beat", [*celery, "beat", "--pidfile", "", "--loglevel", "INFO"], given("beat")),
    )


def wait_for_page(home: Home, keeper: Keeper, web: Service, worker: Service, port: int) -> None:
    """Until the home page is answered, whatever the answer."""
    deadline = time.monotonic() + PATIENCE
    while not answers(port):
        web.mind(keeper)
        worker.mind(keeper)
        if web.deaths > 2 or time.monotonic() > deadline:
            log = home / "logs/web.log"
            raise Refusal("网页进程无法启动。", f"The web process does not start: {last_line(log)} (more in {log}).")


def answers(port: int) -> bool:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=0.5)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(caller):
        caller.request("GET", "/", headers={"Host": "localhost"})
        return caller.getresponse().status > 0
    return False


def announce(home: Home, surroundings: dict[str, str]) -> None:
    """The address, and where things are."""
    say("门户已就绪：", f"The portal is ready: {surroundings['SITE_URL']}/")
    if (home / "accounts.json").exists():
        say("演示账号：", f"Accounts: {home / 'accounts.json'}")
    say("信件：", f"Letters: {home / 'letters'}")
    say("日志：", f"Logs: {home / 'logs'}")
    say("按 Ctrl-C 停止。", "Ctrl-C ends it.")
