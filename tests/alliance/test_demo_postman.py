"""The process that carries the demo's letters beside the story."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from subprocess import CalledProcessError

import pytest

from alliance import clock
from alliance.channels.message import Enclosure, Message
from alliance.demo.postman import Postman

EVENING = datetime(2021, 3, 4, 12, 0, tzinfo=UTC)  # eight in the evening in Guangdong


@pytest.fixture
def letters(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "alliance.letters.eml.EmailBackend", tmp_path / "letters"
    return tmp_path / "letters"


def message(n: int) -> Message:
    return Message(
        f"unit{n}@example.com", f"第 {n} 封", "正文\n", f"<{n}@example.org>", (Enclosure("表.txt", b"x" * 100_000, "text/plain"),)
    )


def test_he_carries_every_letter_whole_as_of_the_evening_of_the_story(letters):
    with Postman() as postman:
        for first in range(1, 31, 10):
            with clock.at(EVENING):
                postman.carry([message(n) for n in range(first, first + 10)])
        postman.come_home()
    found = sorted(letters.iterdir())
    assert {file.name[:15] for file in found} == {"20210304-200000"}
    read = [message_from_bytes(file.read_bytes(), policy=default) for file in found]
    assert {each["Message-ID"]: (each["To"], each["Subject"]) for each in read} == {
        f"<{n}@example.org>": (f"unit{n}@example.com", f"第 {n} 封") for n in range(1, 31)
    }
    assert [[part.get_filename() for part in each.iter_attachments()] for each in read] == [["表.txt"]] * 30


def test_what_he_could_not_carry_ends_the_story(letters):
    letters.write_text("a file where the folder should be")
    with Postman() as postman:
        postman.carry([message(1)])
        with pytest.raises(CalledProcessError):
            postman.come_home()


def test_he_is_not_on_the_way_any_more_when_the_story_breaks_off(letters):
    postman = Postman()
    with pytest.raises(KeyboardInterrupt), postman:
        postman.carry([message(1)])
        raise KeyboardInterrupt
    assert postman.process.poll() is not None
    assert postman.process.stdin.closed
