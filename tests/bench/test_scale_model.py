"""The cost model and the plots, on measurements that were made up to be exactly as the model says."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fit import at, line_fit, polynomial_fit, worst
from plot import pictures
from scale_model import PRICES, checks, fitted, priced

MB = 1_000_000


def pages_row(pages):
    return {
        "compile cpu s": 2 + pages / 10,
        "stamp cpu s": pages / 1e5,
        "tree cpu s": pages / 1e4,
        "zip cpu s": pages / 1e4,
        "files": 50 + 2 * pages,
        "site bytes": 3 * MB + 50_000 * pages + 400 * pages**2,
        "static bytes": 3 * MB + 10_000 * pages,
        "zip bytes": 1 * MB + 12_000 * pages,
    }


def run_of(cpu_s):
    return {"cpu s": cpu_s, "wall s": cpu_s, "peak mb": 100.0, "largest process mb": 90.0}


def measured():
    """0.5 s for a start, 0.75 s a brand and what its pages cost; 10 pages."""
    each = 0.75 + 10 * 21e-5
    totals = {brands: 0.5 + 3 + brands * each for brands in (10, 100, 1000)}
    growth = {
        f"{brands} brands": {"build": run_of(total * 0.8), "package": run_of(total * 0.2)}
        for brands, total in totals.items()
    }
    lines = {
        "cpu s": line_fit(list(totals), list(totals.values())),
        "store files": {"fixed": 20.0, "each": 30.0, "worst": 0.0},
        "store mb": {"fixed": 9.0, "each": 0.5, "worst": 0.0},
    }
    cold = {
        "brands": 100,
        "pages": 150,
        "themekit": {"cold, all": run_of(100.0)},
        "one build of a peer, cpu s": {"mkdocs": [5.0, 6.0, 7.0], "hugo": [2.0, 2.0, 2.0]},
    }
    figures = {
        "pages": {f"{pages} pages": pages_row(pages) for pages in (16, 50, 150, 300)},
        "growth": {"pages": 10, **growth, "lines": lines},
        "cold": cold,
    }
    return {name: {"figures": each} for name, each in figures.items()}


def test_curves_go_through_their_points():
    xs = [1, 2, 5, 9]
    for coefficients in ((4.0, 3.0), (4.0, 3.0, 0.5)):
        ys = [at(coefficients, x) for x in xs]
        assert pytest.approx(coefficients) == polynomial_fit(xs, ys, degree=len(coefficients) - 1)
    assert pytest.approx(0.5) == worst([1, 2], [2.0, 4.0], (0.0, 1.0))


def test_the_model_finds_what_the_runs_were_made_of():
    model = fitted(measured())
    assert pytest.approx(0.5) == model.fixed_s
    assert pytest.approx(0.75) == model.own_s
    assert pytest.approx(400) == model.curves["rendered"][0][2]
    for name, cpu_s, modelled_s in checks(model, measured())[:3]:
        assert pytest.approx(cpu_s) == modelled_s, name


def test_prices_are_of_the_amounts():
    """10,000 brands of 1,000 pages have 2,050 files each, of 453 MB, 13 MB of them static."""
    rows = {what: (amount, dollars) for what, amount, dollars in priced(fitted(measured()), (10_000, 1_000, 1), PRICES)}
    assert ("4,530 GB", "$104.19 a month") == rows["trees, every file by itself"]
    assert ("4,400 GB", "$101.20 a month") == rows["trees, static files shared"]
    assert ("20.5 M puts", "$102.50") == rows["trees uploaded, one object a file"]


def test_every_plot_is_a_picture():
    made = pictures(measured())
    assert {"peers.svg", "growth.svg"} == made.keys()
    for text in made.values():
        assert "{http://www.w3.org/2000/svg}svg" == ET.fromstring(text).tag  # noqa: S314 - our own text
    assert "100 × mkdocs build" in made["peers.svg"]
    assert ">600 s<" in made["peers.svg"]
