// Answers questions about colours, read as JSON from stdin, with the Studio page's own module.

import { readFileSync } from "node:fs";
import { contrast, maxChroma, oklchToRgb8, parseColor, rgb8ToOklch } from "../../../themekit/studio/browser/src/color.js";

const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(
  JSON.stringify({
    bytes: asked.oklch.map(oklchToRgb8),
    oklch: asked.bytes.map(rgb8ToOklch),
    ratios: asked.pairs.map(([one, other]) => contrast(one, other)),
    chroma: asked.edges.map(([lightness, hue]) => maxChroma(lightness, hue)),
    read: asked.texts.map((text) => {
      const found = parseColor(text);
      return found && { bytes: oklchToRgb8(found.oklch), alpha: found.alpha };
    }),
  }),
);
