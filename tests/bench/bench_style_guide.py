"""A brand's share of the portal's style guide: `python tests/bench/bench_style_guide.py [BRAND…]`.

The values and ratios of one brand, from tokens that are resolved already; processor time, medians.
"""

import statistics
import sys
from pathlib import Path

from themekit.build.brands import brand_ids, tokens
from themekit.build.project import Project
from themekit.site.style_guide.page import guide_page, shared_tokens
from themekit.site.style_guide.values import guide_values

sys.path.insert(0, str(Path(__file__).parent))
from measure import used

ROOT = Path(__file__).parents[2]
ROUNDS = 25


def main() -> None:
    engine = Project(ROOT).engine
    shared_tokens()
    page = len(guide_page("en").encode())
    print(f"the page in Markdown, once for all brands: {page / 1000:.1f} kB\n")
    print(f"{'brand':16}{'tokens':>8}{'CPU ms':>10}{'kB':>8}")
    for brand_id in engine.get(brand_ids):
        if sys.argv[1:] and brand_id not in sys.argv[1:]:
            continue
        resolved = engine.get(tokens, brand_id)
        if resolved is None:
            continue
        size = len(guide_values(resolved, locale="en").content)
        times = [used(lambda: guide_values(resolved, locale="en")).cpu_s for _ in range(ROUNDS)]  # noqa: B023 - called at once
        cpu_ms = 1000 * statistics.median(times)
        print(f"{brand_id:16}{len(resolved.tokens):>8}{cpu_ms:>10.1f}{size / 1000:>8.1f}")


if __name__ == "__main__":
    main()
