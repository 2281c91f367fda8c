"""After `make demo`: what was made, and what to open."""

from pathlib import Path

BUILD = Path(__file__).parent.parent / "build"
sites = sorted(path.parent.parent.name for path in BUILD.glob("*/site/index.html"))

print("\nOpen in a browser (no server needed):")
for brand in sites:
    print(f"  build/{brand}/site/index.html")
print(
    "\nAnd for each brand: theme/contrast.html (every text pair, measured), assets/og-image.png, theme/components.css"
)
print("Bundles for partners: build/dist/*.zip, checked by `.venv/bin/themekit verify build/dist/*.zip`")
print("\nChange a colour in brands/volt/brand.json and run `.venv/bin/themekit build` again.")
