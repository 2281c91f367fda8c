"""The report says who uses what, by transfers that came to their end."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from themekit.downloads.adoption import adoption_of
from themekit.downloads.adoption_text import adoption_json, adoption_svg, adoption_text
from themekit.downloads.download_log import Event, Record


def ended(partner, file, *, start=0, sent=100, detail="whole", time="2026-05-01T00:00:00.000+00:00"):
    brand, _, version = file.removesuffix(".zip").partition("-")
    event = Event("end", "t", partner, "GET", brand, file, version, "x", 206 if start else 200, start, sent, detail)
    return Record(1, time, event, "", "")


def report(*records):
    since = datetime(2026, 1, 1, tzinfo=UTC)
    newest = {"acme": "1.1.0", "volt": "2.0.0", "zitrone": "1.0.0", "harrow": "1.0.0"}
    return adoption_of(records, since=since, partners=["one", "two", "three"], newest=newest)


ALL = (
    ended("one", "acme-1.0.0.zip"),
    ended("one", "acme-1.1.0.zip"),
    ended("two", "acme-1.0.0.zip", sent=40, detail="broken"),
    ended("two", "acme-1.0.0.zip", start=40, sent=60),
    ended("two", "volt-2.0.0.zip", sent=10, detail="broken"),
    ended("old", "volt-2.0.0.zip", time="2025-05-01T00:00:00.000+00:00"),
    ended("one", "zitrone-1.0.0.zip", start=50, sent=50),
)


def test_the_last_whole_bundle_is_the_one_in_use():
    found = report(*ALL)
    assert [("acme", "1.0.0", 1), ("acme", "1.1.0", 1)] == found.versions()
    assert [("one", "1.1.0"), ("two", "1.0.0")] == [(use.partner, use.version) for use in found.uses]


def test_active_partners_and_live_brands():
    found = report(*ALL)
    assert (("one", "two"), ("one", "three", "two")) == (found.active, found.partners)
    assert (("acme",), 0.25) == (found.live, found.share_live)
    assert 360 == found.sent


def test_table_object_and_chart_say_the_same():
    found = report(*ALL)
    assert "partners active: 2 of 3\nbrands live: 1 of 4 (25%)" in adoption_text(found)
    assert "acme   1.1.0           1  newest" in adoption_text(found)
    assert "not active: three" in adoption_text(found)
    document = json.loads(adoption_json(found))
    assert 0.25 == document["brands"]["shareLive"]
    chart = ET.fromstring(adoption_svg(found))  # noqa: S314  # our own
    texts = [each.text for each in chart.iter("{http://www.w3.org/2000/svg}text")]
    assert {"acme 1.1.0", "1 (newest)"} <= set(texts)


def test_names_cannot_break_out_of_the_chart():
    evil = report(ended("<one>", "a<b-1.0.0.zip"))
    ET.fromstring(adoption_svg(evil))  # noqa: S314  # our own
    assert "<b" not in adoption_svg(evil).replace("<![", "")
    ET.fromstring(adoption_svg(report()))  # noqa: S314  # our own
    assert "no bundle" in adoption_text(report())
