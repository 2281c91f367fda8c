"""Processes that are ours look for cycles of garbage rarely; programs that import themekit are left alone."""

import subprocess
import sys

from themekit.engine.sweeping import MIDDLE, OLD, YOUNG

THRESHOLDS = f"{(YOUNG, MIDDLE, OLD)}"


def told_at_the_end_of(program: str, told: str = "gc.get_threshold()") -> str:
    code = f"import atexit, gc; atexit.register(lambda: print({told})); {program}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return done.stdout.decode().strip().split("\n")[-1]


def test_the_command_sweeps_rarely():
    assert THRESHOLDS == told_at_the_end_of("from themekit.cli.main import main; main(['--version'])")


def test_the_command_sweeps_rarely_before_it_imports_what_it_runs():
    """Imports make many values, and most of them last."""
    main = "import sys; sys.modules['themekit.cli.main'] = None; from themekit.cli.__main__ import main"
    assert THRESHOLDS == told_at_the_end_of(f"{main}; main()")


def test_there_is_no_search_at_the_end():
    """What is put aside is looked at no more. A program of another's has its search."""
    looked_at = "len(gc.get_objects()) > gc.get_freeze_count()"
    assert "False" == told_at_the_end_of("from themekit.engine.sweeping import sweep_rarely; sweep_rarely()", looked_at)
    assert "True" == told_at_the_end_of("import themekit.build.run", looked_at)


def test_a_program_decides_for_itself():
    assert f"{(700, 10, 10)}" == told_at_the_end_of("gc.set_threshold(700, 10, 10); import themekit.build.run")
