"""Laws of the runtime's parsers and codecs, for any input."""

import importlib
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

LINES = st.lists(
    st.sampled_from(
        [
            *("HTTP/1.1 200 OK", "HTTP/1.1 204 N", "HTTP/1.0 404 ", "HTTP/1.1 100 C", "Content-Length: 5", "", "", "5"),
            *("Transfer-Encoding: chunked", "Connection: close", "abcde", "a: b", " folded", "Content-Length: x", "0"),
        ]
    ),
    max_size=12,
)
RAW = st.one_of(st.binary(max_size=200), LINES.map("\r\n".join).map(str.encode), LINES.map("\n".join).map(str.encode))
CUTS = st.lists(st.integers(0, 200), max_size=6)


def pieces(content, cuts):
    places = sorted({0, len(content), *(cut for cut in cuts if cut < len(content))})
    return [content[start:end] for start, end in pairwise(places)]


def module(name):
    return importlib.import_module(f"things_sdk.{name}")


def parsed(chunks):
    """All that comes of an answer in these pieces, and of the connection's end."""
    http1 = module("_core.http1")
    parser = http1.ResponseParser("GET")
    body = b""
    try:
        for chunk in [*(each for each in chunks if each), b""]:
            if parser.is_done:
                break
            parser.feed(chunk)
            body += parser.take()
    except http1.ProtocolError:
        return "broken"
    return parser.status, list(parser.headers), body, parser.is_done


@given(RAW, CUTS)
def test_an_answer_is_the_same_in_any_pieces(things, content, cuts):
    assert things
    assert parsed([content]) == parsed(pieces(content, cuts))


EVENT_TEXT = st.text(st.sampled_from("data:evnti \r\n\n\n{}1\u00e9\ufeff\0"), max_size=80)


@given(EVENT_TEXT, CUTS)
def test_events_are_the_same_in_any_pieces(things, text, cuts):
    assert things
    streams = module("_core.streams")
    content = text.encode()
    whole, cut = streams.EventParser(), streams.EventParser()
    found = [event for piece in pieces(content, cuts) for event in cut.feed(piece)]
    assert whole.feed(content) == found


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = (
    "id class size note count ratio born changed content labels matrix children parent kind shape amount times".split()
)
THINGS = st.dictionaries(st.sampled_from([*NAMES, "anything", "newer"]), JSON, max_size=6).map(
    lambda found: {"id": "a", **found}
)


@given(THINGS)
def test_any_object_comes_back_as_it_was(things, content):
    """Whatever an answer has, known or not, fitting or not: nothing of it is lost."""
    thing = things.types.Thing.from_json(content)
    assert content == thing.to_json()
    assert json.loads(json.dumps(content)) == json.loads(json.dumps(things.types.Thing.from_json(content).to_json()))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(TEXT)
def test_a_path_parameter_stays_one_segment(things, text):
    assert things
    requests, operations = module("_core.requests"), module("_core.operations")
    operation = operations.Operation("GET", "/a/{x}/b", params=(operations.path("x"),))
    try:
        request = requests.build(operation, {"x": text}, "https://h.example")
    except ValueError:
        assert text in {"", ".", ".."}
        return
    path = request.url.removeprefix("https://h.example")
    assert (3, "a", "b") == (path.count("/"), path.split("/")[1], path.split("/")[3])
    assert "?" not in path
    assert path.isascii()


@given(TEXT, TEXT)
def test_a_header_is_one_line_or_refused(things, name, value):
    assert things
    headers = module("_core.headers")
    try:
        line = headers.header_line(name, value)
    except ValueError:
        return
    assert (1, 1) == (line.count(b"\n"), line.count(b"\r"))
    assert line.endswith(b"\r\n")


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01T00:00:00Z", "2026-01-01T25:00:00Z", "x", "2026-01-01T00:00:00+99:99"]
)
def test_dates_that_are_none_stay_texts(things, text):
    raw = {"id": "a", "born": text, "changed": text}
    assert raw == things.types.Thing.from_json(raw).to_json()
