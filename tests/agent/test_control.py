from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.control import ControlServer, Invocation, call_owner, socket_path
from agent.errors import RefusedError, UnavailableError

ASKED = Invocation("ask", {"question": "How did we do?"}, "U_OWNER", "")


class Door:
    """A control server that repeats what it was given."""

    def __init__(self, home: Path, answer: Any = None) -> None:
        self.server = ControlServer(home, answer or (lambda invocation: {"command": invocation.command}))

    def __enter__(self) -> Door:
        self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()


@pytest.fixture
def deep_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home whose path is too long for a socket, and a temporary folder that is short and of this test alone."""
    short = Path(f"/tmp/fw-{os.getpid()}-{threading.get_ident() % 10_000}")
    short.mkdir(mode=0o1777)
    monkeypatch.setattr("tempfile.tempdir", str(short))
    home = tmp_path / ("long-" * 25)
    home.mkdir()
    yield home
    for path in sorted(short.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    short.rmdir()


def test_a_command_is_answered_by_the_owner_and_by_nobody_when_there_is_none(tmp_path: Path) -> None:
    assert call_owner(tmp_path, ASKED) is None
    with Door(tmp_path):
        assert call_owner(tmp_path, ASKED) == {"command": "ask"}
    assert call_owner(tmp_path, ASKED) is None


def test_only_the_same_user_may_open_the_socket_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Door(tmp_path):
            assert stat.S_IMODE(socket_path(tmp_path).stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_a_second_owner_that_gives_up_leaves_the_door_of_the_first_alone(tmp_path: Path) -> None:
    with Door(tmp_path):
        ControlServer(tmp_path, lambda _: None).stop()
        assert call_owner(tmp_path, ASKED) == {"command": "ask"}


def test_the_socket_of_a_killed_owner_is_replaced(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(socket_path(tmp_path)))
    assert call_owner(tmp_path, ASKED) is None
    with Door(tmp_path):
        assert call_owner(tmp_path, ASKED) == {"command": "ask"}


def test_a_refusal_comes_back_as_one_and_a_fault_of_ours_as_a_sentence(tmp_path: Path) -> None:
    def answer(invocation: Invocation) -> Any:
        if invocation.command == "refuse":
            raise RefusedError("That store is not yours.")
        raise KeyError("a bug")

    with Door(tmp_path, answer):
        with pytest.raises(RefusedError, match="That store is not yours"):
            call_owner(tmp_path, Invocation("refuse", {}))
        with pytest.raises(Exception, match=r"Something went wrong inside floorwalker \(error id"):
            call_owner(tmp_path, ASKED)


def test_a_long_home_has_its_socket_in_a_folder_that_only_this_user_can_open(deep_home: Path) -> None:
    with Door(deep_home):
        folder = socket_path(deep_home).parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert call_owner(deep_home, ASKED) == {"command": "ask"}


def test_a_folder_that_others_can_open_is_used_by_neither_side(deep_home: Path) -> None:
    folder = socket_path(deep_home).parent
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(UnavailableError, match="only you can open"):
        ControlServer(deep_home, lambda _: None).start()
    with pytest.raises(UnavailableError, match="only you can open"):
        call_owner(deep_home, ASKED)


def test_a_link_in_place_of_the_folder_is_used_by_neither_side(deep_home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    socket_path(deep_home).parent.symlink_to(elsewhere)
    with pytest.raises(UnavailableError, match="only you can open"):
        ControlServer(deep_home, lambda _: None).start()
    with pytest.raises(UnavailableError, match="only you can open"):
        call_owner(deep_home, ASKED)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a file of another user's")
def test_a_question_is_not_told_to_a_socket_of_another_user(tmp_path: Path) -> None:
    heard: list[Invocation] = []
    with Door(tmp_path, heard.append):
        os.chown(socket_path(tmp_path), 65534, 65534)
        with pytest.raises(UnavailableError, match="another user"):
            call_owner(tmp_path, ASKED)
    assert heard == []


def test_a_file_in_place_of_the_socket_is_not_spoken_to(tmp_path: Path) -> None:
    socket_path(tmp_path).write_text("not a socket")
    with pytest.raises(UnavailableError):
        call_owner(tmp_path, ASKED)
