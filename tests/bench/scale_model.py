"""What B brands of P pages cost: a model fitted from measurements, checked against runs, and priced.

    python tests/bench/scale_model.py [FILE] [--brands N] [--pages N] [--variants N] [--price NAME=DOLLARS]...

FILE is what `bench_scale.py --keep` wrote; the table is the one in docs_src/handbook/scale.md. The model:

    cpu = fixed + variants * compile(P) + brands * (own + stamp(P) + tree(P) + zip(P))

`compile`, `stamp`, `tree`, `zip` and the bytes are curves of second degree in pages, as each page shows a navigation
of all pages; `own` is what a brand costs whatever its pages are: tokens, logos, icons, a social card.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from fit import at, polynomial_fit, worst

MEASURED = Path(__file__).parent / "measured" / "scale.json"
PRICES = {
    "vCPU hour": 0.0408,  # half an m7g.large, $0.0816 an hour
    "GB month": 0.023,  # S3 Standard, the first 50 TB
    "1,000 puts": 0.005,  # PUT, COPY, POST, LIST
    "1,000 gets": 0.0004,  # GET and all others
}
"""List prices of AWS in us-east-1 in US dollars, as third parties quoted them in June 2026; look before you plan."""
DISK_MB_PER_S = 200  # sequential writes of one general-purpose cloud volume
CURVES = {
    "compile": "compile cpu s",
    "stamp": "stamp cpu s",
    "tree": "tree cpu s",
    "zip": "zip cpu s",
    "files": "files",
    "rendered": "rendered bytes",
    "static": "static bytes",
    "bundle": "zip bytes",
}


@dataclass(frozen=True, slots=True)
class Model:
    """`curves` by the names of CURVES: coefficients in pages, and the largest residual as a part of its point."""

    curves: dict[str, tuple[tuple[float, ...], float]]
    fixed_s: float
    own_s: float
    store_files: float  # a brand
    store_mb: float  # a brand

    def at(self, name: str, pages: float) -> float:
        """A curve's value."""
        return at(self.curves[name][0], pages)

    def site_bytes(self, pages: float) -> float:
        """Of one brand's tree."""
        return self.at("rendered", pages) + self.at("static", pages)

    def brand_s(self, pages: float) -> float:
        """One more brand."""
        return self.own_s + sum(self.at(name, pages) for name in ("stamp", "tree", "zip"))

    def cpu_s(self, brands: float, pages: float, variants: float = 1) -> float:
        """A whole build and package from nothing."""
        return self.fixed_s + variants * self.at("compile", pages) + brands * self.brand_s(pages)


def fitted(measured: dict[str, dict[str, dict]]) -> Model:
    """The model of a run's rows `pages` and `growth`."""
    by_pages = {int(name.split()[0]): row for name, row in measured["pages"]["figures"].items()}
    for row in by_pages.values():  # pictures are of any size, and would hide the square in what is rendered
        row["rendered bytes"] = row["site bytes"] - row["static bytes"]
    curves = {}
    for name, key in CURVES.items():
        xs, ys = list(by_pages), [row[key] for row in by_pages.values()]
        degree = 1 if name in {"files", "static"} else 2
        coefficients = polynomial_fit(xs, ys, degree=degree)
        curves[name] = (coefficients, worst(xs, ys, coefficients))
    growth = measured["growth"]["figures"]
    line, pages = growth["lines"]["cpu s"], growth["pages"]
    marginal = sum(at(curves[name][0], pages) for name in ("stamp", "tree", "zip"))
    return Model(
        curves,
        fixed_s=line["fixed"] - at(curves["compile"][0], pages),
        own_s=line["each"] - marginal,
        store_files=growth["lines"]["store files"]["each"],
        store_mb=growth["lines"]["store mb"]["each"],
    )


def checks(model: Model, measured: dict[str, dict[str, dict]]) -> list[tuple[str, float, float]]:
    """Runs: what they were, CPU seconds measured, CPU seconds of the model."""
    growth = measured["growth"]["figures"]
    found = []
    for name, row in growth.items():
        if name.endswith(" brands"):
            brands = int(name.split()[0])
            cpu_s = row["build"]["cpu s"] + row["package"]["cpu s"]
            found.append((f"{brands:,} × {growth['pages']}", cpu_s, model.cpu_s(brands, growth["pages"])))
    if "cold" in measured:
        cold = measured["cold"]["figures"]
        cpu_s = cold["themekit"]["cold, all"]["cpu s"]
        name = f"{cold['brands']} × {cold['pages']}, not used for the fit"
        found.append((name, cpu_s, model.cpu_s(cold["brands"], cold["pages"])))
    return found


def priced(model: Model, size: tuple[int, int, int], prices: dict[str, float]) -> list[tuple[str, str, str]]:
    """What, how much, and what it costs; `size` is brands, pages and variants."""
    brands, pages, variants = size
    cpu_h = model.cpu_s(*size) / 3600
    static_gb, site_gb = model.at("static", pages) / 1e9, brands * model.site_bytes(pages) / 1e9
    own_gb = site_gb - (brands - variants) * static_gb
    bundle_gb = brands * model.at("bundle", pages) / 1e9
    files, store = brands * model.at("files", pages), brands * model.store_files

    def dollars(amount: float, price: str) -> str:
        return f"${amount * prices[price]:,.2f}"

    def stored(amount_gb: float) -> str:
        return f"{dollars(amount_gb, 'GB month')} a month"

    return [
        ("CPU: the renders", f"{variants * model.at('compile', pages) / 3600:,.2f} h", ""),
        ("CPU: all", f"{cpu_h:,.1f} h", dollars(cpu_h, "vCPU hour")),
        ("trees, every file by itself", f"{site_gb:,.0f} GB", stored(site_gb)),
        ("trees, static files shared", f"{own_gb:,.0f} GB", stored(own_gb)),
        ("bundles", f"{bundle_gb:,.0f} GB", stored(bundle_gb)),
        ("bundles uploaded", f"{brands:,} puts", dollars(brands / 1000, "1,000 puts")),
        ("trees uploaded, one object a file", f"{files / 1e6:,.1f} M puts", dollars(files / 1000, "1,000 puts")),
        ("store, first build", f"{store / 1e3:,.0f} k puts", dollars(store / 1000, "1,000 puts")),
        ("store, every later build", f"{store / 1e3:,.0f} k gets", dollars(store / 1000, "1,000 gets")),
        ("store, size", f"{brands * model.store_mb / 1000:,.0f} GB", stored(brands * model.store_mb / 1000)),
        ("writing trees to one disk", f"{own_gb * 1000 / DISK_MB_PER_S / 3600:,.1f} h", f"{DISK_MB_PER_S} MB/s"),
        ("one variant's template in memory", f"{model.site_bytes(pages) / 1e6:,.0f} MB", ""),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=MEASURED)
    for name, usual in (("brands", 10_000), ("pages", 1_000), ("variants", 10)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--price", action="append", default=[], metavar="NAME=DOLLARS", help=", ".join(PRICES))
    given = parser.parse_args()
    prices = PRICES | {name: float(value) for name, _, value in (each.partition("=") for each in given.price)}
    measured = json.loads(given.file.read_text(encoding="utf-8"))
    if missing := {"pages", "growth"} - measured.keys():
        parser.error(f"{given.file} lacks {', '.join(sorted(missing))}: bench_scale.py --rows … --keep")
    model = fitted(measured)
    one_more = f"one more brand of {given.pages} pages {model.brand_s(given.pages):.2f} s"
    print(f"fixed {model.fixed_s:.2f} s, own {model.own_s:.3f} s a brand, {one_more}\n")
    print("| curve | constant | a page | a page² | worst residual |\n|---|--:|--:|--:|--:|")
    for name, (coefficients, off) in model.curves.items():
        columns = [f"{each:.3g}" for each in coefficients] + [""] * (3 - len(coefficients))
        print(f"| {name} | {' | '.join(columns)} | {off:.1%} |")
    print("\n| brands × pages | measured, CPU s | model | off by |\n|---|--:|--:|--:|")
    for name, cpu_s, modelled_s in checks(model, measured):
        print(f"| {name} | {cpu_s:,.1f} | {modelled_s:,.1f} | {modelled_s / cpu_s - 1:+.0%} |")
    size = f"{given.brands:,} brands × {given.pages:,} pages, {given.variants} variants"
    print(f"\n| {size} | amount | price |\n|---|--:|--:|")
    for row in priced(model, (given.brands, given.pages, given.variants), prices):
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
