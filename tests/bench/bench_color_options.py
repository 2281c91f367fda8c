"""What colour options and palettes cost, and on how many of a thousand seeds all that is promised of them holds.

    .venv/bin/python tests/bench/bench_color_options.py [number of seeds]

Each seed has options of its own by chance, every palette, and by chance an accent. All is judged by coloraide on the
final hex colours: its luminance, its simulation of colour vision (Machado 2009) and its distance in OKLab. Gradients
are mixed by coloraide in three spaces, 12 places between two stops, for every tenth seed. CPU time, medians of 15.
"""

import json
import platform
import random
import statistics
import sys
import time
from importlib.metadata import version
from itertools import combinations, pairwise
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parents[2]))

from coloraide.everything import ColorAll as Oracle

from tests.laws.test_resolve import promised, ratio
from themekit.model import BrandId, Color, Mode
from themekit.resolve import resolve_tokens
from themekit.resolve.apca_floor import misses
from themekit.resolve.colour import hex as hex_of
from themekit.resolve.data_plan import FLOOR
from themekit.source.brand import BrandInputs, parse_brand

ORACLE_TOLERANCE = 0.002  # coloraide's luminance has more digits than WCAG's
VISIONS = (None, "protan", "deutan", "tritan")
SPACES = ("srgb", "oklab", "oklch")
PALETTES = {"tones": True, "data": True, "gradient": True}
REPEATS, PLACES, EVERY = 15, 12, 10


def brand(color):
    content = json.dumps({"name": "Acme", "color": color}).encode()
    inputs = BrandInputs(lambda _: None, lambda _: ())
    return parse_brand(PurePosixPath("brands/acme/brand.json"), content, brand_id=BrandId("acme"), inputs=inputs)[0]


def colour_by(chance):
    return f"#{chance.randrange(1 << 24):06x}"


def made_colors(chance):
    """`color` of a brand: a seed and what a brand may choose."""
    made = {"primary": colour_by(chance), "solid": chance.choice(["keep", "adjust"]), "palettes": PALETTES}
    if chance.random() < 0.3:
        made["accent"] = colour_by(chance)
    made["options"] = {
        "textLc": chance.choice([0, 45, 60, 75, 90, 100]),
        "chroma": chance.choice(["muted", "standard", "vivid"]),
        "hueShift": {"light": chance.randint(-40, 40), "dark": chance.randint(-40, 40)},
        "neutralTint": chance.random(),
    }
    return made


def keeps_contract(colors, mode):
    return all(
        ratio(colors[text], colors[ground]) >= wanted - ORACLE_TOLERANCE
        for text, ground, wanted in promised(mode.is_high_contrast)
    )


def least_distance(categories):
    """Over all pairs and visions."""
    least = 9.0
    for kind in VISIONS:
        views = [one if kind is None else one.filter(kind, method="machado").clip("srgb") for one in categories]
        least = min(least, *(one.delta_e(other, method="ok") for one, other in combinations(views, 2)))
    return least


def least_on_gradient(colors):
    text, stops = colors["on-gradient"], [Oracle(colors[f"gradient.{number}"]) for number in range(1, 6)]
    mixed = (
        color.convert("srgb").clip().to_string(hex=True)
        for pair in pairwise(stops)
        for space in SPACES
        for color in Oracle.steps(list(pair), steps=PLACES, space=space)
    )
    return min(ratio(text, color) for color in mixed)


def promises(count):
    chance = random.Random(42)
    held = dict.fromkeys(("contract", "APCA floor or told", "categories apart", "categories on page", "gradient"), 0)
    floors_missed = gradients = 0
    worst = 9.0
    for number in range(count):
        made = made_colors(chance)
        tokens, diagnostics = resolve_tokens(brand(made))
        is_missed = any(misses(tokens, made["options"]["textLc"]))
        floors_missed += is_missed
        held["APCA floor or told"] += ["apca-floor"] * is_missed == [one.code for one in diagnostics]
        is_kept = is_apart = is_seen = is_read = True
        with_gradient = number % EVERY == 0
        gradients += with_gradient
        for mode in Mode:
            values = tokens.in_mode(mode).items()
            colors = {name.removeprefix("color."): hex_of(one) for name, one in values if isinstance(one, Color)}
            categories = [colors[f"data.category.{place}"] for place in range(1, 9)]
            distance = least_distance([Oracle(one) for one in categories])
            worst = min(worst, distance)
            is_kept &= keeps_contract(colors, mode)
            is_apart &= distance >= FLOOR
            needed = (4.5 if mode.is_high_contrast else 3) - ORACLE_TOLERANCE
            is_seen &= min(ratio(one, colors["page"]) for one in categories) >= needed
            if with_gradient:
                is_read &= least_on_gradient(colors) >= (7 if mode.is_high_contrast else 4.5) - 0.005
        held["contract"] += is_kept
        held["categories apart"] += is_apart
        held["categories on page"] += is_seen
        held["gradient"] += with_gradient and is_read
    print(f"{count} seeds × {len(Mode)} modes, options by chance: seeds on which it holds in every mode")
    for name, number in held.items():
        print(f"  {name:20} {number} of {gradients if name == 'gradient' else count}")
    print(f"  a floor of APCA was missed, and told of, on {floors_missed}")
    print(f"  least distance of two categories: {worst:.4f} (floor {FLOOR})")


def cost():
    print(f"{'brand with':32} {'tokens':>7} {'resolve again ms':>17}")
    options = {"textLc": 75, "chroma": "muted", "hueShift": {"light": 12, "dark": -16}, "neutralTint": 0.6}
    cases = {"two keys": {}, "options": {"options": options}}
    cases |= {f"palette {name}": {"palettes": {name: True}} for name in PALETTES}
    for name, more in cases.items():
        one = brand({"primary": "#0b5fff", **more})
        times = []
        for _ in range(REPEATS):
            start = time.process_time()
            tokens, _ = resolve_tokens(one)
            times.append((time.process_time() - start) * 1000)
        print(f"{name:32} {len(tokens.tokens):7} {statistics.median(times):17.1f}")
    print(f"\n{'a new seed each time':32} {'':7} {'resolve ms':>17}")
    for name, more in cases.items():
        chance = random.Random(name)
        times = []
        for _ in range(REPEATS):
            one = brand({"primary": colour_by(chance), **more})
            start = time.process_time()
            resolve_tokens(one)
            times.append((time.process_time() - start) * 1000)
        print(f"{name:32} {'':7} {statistics.median(times):17.1f}")


if __name__ == "__main__":
    print(f"{platform.platform()}, Python {platform.python_version()}, coloraide {version('coloraide')}\n")
    cost()
    print()
    promises(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
