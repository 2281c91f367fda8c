"""One process at a time: those that wait, and those that wait too long."""

import os
import threading

import pytest

from themekit.build.files import OutputError
from themekit.build.lock import OutputLocked, locked


def test_a_lock_that_is_held_names_its_holder(tmp_path):
    with (
        locked(tmp_path, "acme"),
        pytest.raises(OutputLocked, match=rf"`acme` is being written by process {os.getpid()} on") as caught,
        locked(tmp_path, "acme", timeout_s=0),
    ):
        pass
    assert "acme" == caught.value.name


def test_a_holder_that_left_no_name_is_another_process(tmp_path):
    with locked(tmp_path, "acme"):
        (tmp_path / "locks" / "acme.owner").unlink()
        with pytest.raises(OutputLocked, match="by another process"), locked(tmp_path, "acme", timeout_s=0):
            pass


def test_other_names_are_free(tmp_path):
    with locked(tmp_path, "acme"), locked(tmp_path, "acme.de", timeout_s=0), locked(tmp_path, "zeta", timeout_s=0):
        pass


def test_a_lock_is_freed_by_an_error_and_can_be_waited_for(tmp_path):
    with pytest.raises(ValueError, match="our bug"), locked(tmp_path, "acme"):
        raise ValueError("our bug")
    held, done = threading.Event(), []

    def hold() -> None:
        with locked(tmp_path, "acme"):
            held.set()
            done.append("first")

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    with locked(tmp_path, "acme", timeout_s=20):
        done.append("second")
    thread.join()
    assert ["first", "second"] == done


def test_a_cache_that_cannot_be_written_is_an_output_error(tmp_path):
    (tmp_path / "locks").write_text("in the way")
    with pytest.raises(OutputError, match=r"locks.*\((EEXIST|ENOTDIR)\)"), locked(tmp_path, "acme"):
        pass
