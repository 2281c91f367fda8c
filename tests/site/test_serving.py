"""What the renderer's processes refuse is told to their caller, who then renders the whole site."""

import os
import pickle
import subprocess
import sys
import time

import pytest

from themekit.site.pieces import Frame
from themekit.site.piecewise import UnpiecedError
from themekit.site.renderer import Renderer
from themekit.site.variant import variant_of


@pytest.mark.slow
def test_a_refusal_crosses_processes(small, plain_brand):
    configuration, *pages = small
    settings = configuration.content.replace(b"  - tags\n", b"  - tags\n  - material/offline\n")
    frame = Frame(variant_of(plain_brand, sources=small), settings, tuple(source.path for source in pages), ())
    renderer = Renderer(processes=1)
    with pytest.raises(UnpiecedError, match="the plugin material/offline may read anything"):
        renderer.outline(frame)
    renderer.close()


KILLED = """
import os, pickle, signal, sys
from themekit.site.renderer import Renderer
renderer = Renderer(processes=1)
renderer.outline(pickle.loads(sys.stdin.buffer.read()))
assert os.listdir(os.environ["TMPDIR"])
os.kill(os.getpid(), signal.SIGKILL)
"""
GONE_S = 30


@pytest.mark.slow
def test_what_a_killed_caller_leaves_its_processes_take_away(small, plain_brand, tmp_path):
    configuration, *pages = small
    variant = variant_of(plain_brand, sources=small)
    frame = Frame(variant, configuration.content, tuple(source.path for source in pages), ())
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", KILLED], input=pickle.dumps(frame), env=environment, check=False)
    assert -9 == done.returncode
    end = time.monotonic() + GONE_S
    while [*tmp_path.iterdir()] and time.monotonic() < end:
        time.sleep(0.1)
    assert [] == [*tmp_path.iterdir()]
