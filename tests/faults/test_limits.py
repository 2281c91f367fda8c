"""A machine that runs out of something, an odd clock, an odd order of names, a signal: OLD or NEW, and then NEW.

The faults of the hostile cases that no system call stands for. Each is set up as a shell would: limits and mounts
of the process, or a `sitecustomize` that Python reads before anything else.
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import textwrap
import time
from pathlib import Path

import pytest

from tests.faults.scenarios import litter, made_scenario, state_of, well
from tests.faults.system_calls import THEMEKIT, TIMEOUT_S, VARIABLES

pytestmark = pytest.mark.slow

IO_EXIT = 5
GOOD, INTERRUPTED = 0, 130
CLOCKS = {"before the epoch of zips": "100.0", "in 2106": "4294967296.0", "going back": "2e9 - next(count()) * 5.0"}


@pytest.fixture
def theme(workshop):
    scenario = made_scenario("theme", workshop)
    scenario.restore()
    return scenario


def started(scenario, *, prefix=(), limit=None, **variables):
    def limited():
        if limit:
            resource.setrlimit(limit[0], (limit[1], limit[1]))

    return subprocess.Popen(
        [*prefix, *THEMEKIT, *scenario.command, "--project", str(scenario.root)],
        env={**os.environ, **VARIABLES, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limited,  # noqa: PLW1509 - no thread is started before
    )


def ended(process):
    out, err = process.communicate(timeout=TIMEOUT_S)
    return process.returncode, out, err


def assert_whole(scenario):
    """What is there is OLD or NEW; the next run makes it NEW and leaves nothing unfinished."""
    assert state_of(scenario.build) in scenario.states
    well(*scenario.command, root=scenario.root)
    assert scenario.states[1] == state_of(scenario.build)
    assert [] == litter(scenario.build)


def assert_said_in_one_line(code, err):
    assert IO_EXIT == code, err
    assert 1 == err.count("error[io]"), err
    assert "Traceback" not in err


def test_a_limit_on_the_size_of_files(theme):
    """The system sends SIGXFSZ, which Python ignores, and the write fails with EFBIG."""
    code, _, err = ended(started(theme, limit=(resource.RLIMIT_FSIZE, 4096)))
    assert_said_in_one_line(code, err)
    assert_whole(theme)


def test_too_little_memory(theme):
    """Whether it is enough depends on the machine; if not, nothing is half done."""
    code, _, _ = ended(started(theme, limit=(resource.RLIMIT_AS, 512 << 20)))
    assert code is not None
    assert_whole(theme)


def test_an_output_that_is_full(theme):
    """What `themekit … > /dev/full` cannot print is no success."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*THEMEKIT, *theme.command, "--format", "json", "--project", str(theme.root)],
            env={**os.environ, **VARIABLES},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
        )
    assert_said_in_one_line(done.returncode, done.stderr)
    assert "no space left on device" in done.stderr.lower()
    assert_whole(theme)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("turn", range(2))
def test_a_signal_at_any_time(theme, name, turn):
    process = started(theme)
    time.sleep(random.Random(turn).uniform(0.05, 2.0))  # noqa: S311 - spread over a run
    process.send_signal(getattr(signal, name))
    code, _, err = ended(process)
    assert code in {GOOD, INTERRUPTED, -signal.SIGTERM, -signal.SIGINT}, err
    assert "Traceback" not in err or code == -signal.SIGINT  # before the program begins, Python itself is interrupted
    assert_whole(theme)


def can_mount():
    unshare = shutil.which("unshare")
    return unshare and 0 == subprocess.run([unshare, "-m", "true"], capture_output=True, check=False).returncode


MOUNTS = {
    "no inodes": 'mount -t tmpfs -o nr_inodes=40 none "$0" && cp -a "$1/." "$0/"',
    "no space": 'mount -t tmpfs -o size=64k none "$0"',
    "read-only": 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"',
}


@pytest.mark.skipif(not can_mount(), reason="needs the right to mount in a namespace of its own")
@pytest.mark.parametrize("name", MOUNTS)
def test_a_file_system_that_takes_no_more(theme, name):
    """The mount ends with the command, so what is beneath it must be as it was."""
    theme.build.mkdir(exist_ok=True)
    prefix = (
        "unshare",
        "-m",
        "sh",
        "-c",
        f'{MOUNTS[name]} || exit 99; shift; exec "$@"',
        str(theme.build),
        str(theme.old),
    )
    code, _, err = ended(started(theme, prefix=prefix))
    assert 99 != code, err
    if name == "no inodes" and code == GOOD:
        pytest.skip("the file system has more inodes than it was told")
    assert IO_EXIT == code, err
    assert "Traceback" not in err
    assert_whole(theme)


def customized(tmp_path, code):
    (tmp_path / "sitecustomize.py").write_text(textwrap.dedent(code))
    return os.pathsep.join([str(tmp_path), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])


@pytest.mark.parametrize("name", CLOCKS)
def test_a_clock_that_is_wrong(theme, tmp_path, name):
    path = customized(
        tmp_path,
        f"""
        import time
        from itertools import count as counting
        counter = counting()
        count = lambda: counter
        time.time = lambda: {CLOCKS[name]}
        time.time_ns = lambda: int(time.time() * 1e9)
        """,
    )
    code, _, err = ended(started(theme, PYTHONPATH=path))
    assert (GOOD, theme.states[1]) == (code, state_of(theme.build)), err
    assert_whole(theme)


@pytest.mark.parametrize("seed", [1, 2])
def test_names_in_any_order(theme, tmp_path, seed):
    """No file system promises one."""
    path = customized(
        tmp_path,
        f"""
        import os, random
        listdir, scandir, drawn = os.listdir, os.scandir, random.Random({seed})
        def shuffled(found):
            found = list(found)
            drawn.shuffle(found)
            return found
        class Scanned:
            def __init__(self, *given):
                with scandir(*given) as entries:
                    self.entries = iter(shuffled(entries))
            def __iter__(self): return self
            def __next__(self): return next(self.entries)
            def __enter__(self): return self
            def __exit__(self, *_): pass
            def close(self): pass
        os.listdir = lambda *given: shuffled(listdir(*given))
        os.scandir = Scanned
        """,
    )
    code, _, err = ended(started(theme, PYTHONPATH=path))
    assert (GOOD, theme.states[1]) == (code, state_of(theme.build)), err
    assert_whole(theme)
