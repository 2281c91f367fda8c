"""No input is too much for a parser: seeds, what was once a fault, and changes of both.

A short search in every run of the tests; `tests/fuzz/fuzz.py` searches for as long as it is told, led by coverage.
"""

import signal
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.parsers import PARSERS, corpus

HANGS_S = 30  # no timing: what takes this long on a busy machine has no end on any
PIECES = (
    b"{",
    b"}",
    b"[",
    b'"',
    b"\\",
    b"\x00",
    b"\xff",
    b"\n",
    b"$ref",
    b"<",
    b"&",
    b"{{",
    b"%",
    b"9" * 40,
    b"\xe2\x80\xae",
)


@contextmanager
def ended_in_time():
    def stop(*_):
        raise TimeoutError("the parser does not come to an end")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANGS_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", PARSERS)
def test_what_is_known_is_survived(name):
    for content in corpus(name):
        with ended_in_time():
            PARSERS[name].parse(content)


@st.composite
def changed(draw, name):
    """A seed with some bytes cut out, doubled, exchanged or put in."""
    content = bytearray(draw(st.sampled_from(corpus(name))))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 40))
        how = draw(st.sampled_from(["cut", "double", "put", "any"]))
        if how == "cut":
            del content[start : start + length]
        elif how == "double":
            content[start:start] = content[start : start + length] * draw(st.integers(1, 50))
        else:
            content[start:start] = draw(st.sampled_from(PIECES) if how == "put" else st.binary(max_size=8))
    return bytes(content)


@pytest.mark.parametrize("name", PARSERS)
def test_what_is_changed_is_survived(name):
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(changed(name))
    def survives(content):
        with ended_in_time():
            PARSERS[name].parse(content)

    survives()


@pytest.mark.parametrize("name", PARSERS)
@given(content=st.binary(max_size=300))
@settings(max_examples=40)
def test_any_bytes_are_survived(name, content):
    PARSERS[name].parse(content)


def test_a_fault_would_be_seen():
    """The search finds a parser that fails on one byte in 256."""

    def fails(content):
        assert b"\xff" not in content

    with pytest.raises(AssertionError):
        given(st.binary(max_size=300))(fails)()
