// What frames show that come beside others: the next brand that none shows, then the next mode of a brand.

const SCHEMES = ["light", "dark", "light-contrast", "dark-contrast"];

/** The first `number` frames, and new ones: `{key, brand, view, scheme}`; `scheme` is the toolbar's, which "" stands for. */
export function nextFrames(frames, number, { brands, edited, scheme }) {
  const kept = frames.slice(0, number);
  while (kept.length < number) {
    const [first] = kept;
    const shown = new Set(kept.map((frame) => `${frame.brand || edited} ${frame.scheme || scheme}`));
    const ids = [first.brand || edited, ...brands.filter((id) => id !== (first.brand || edited))];
    const key = Math.max(...frames.map((frame) => frame.key), ...kept.map((frame) => frame.key)) + 1;
    const free = ids.find((id) => !kept.some((frame) => (frame.brand || edited) === id));
    kept.push({ key, view: first.view, ...(free ? { brand: free, scheme: "" } : nextMode(ids, shown, scheme)) });
  }
  return kept;
}

/** The mode that is nearest to the one that is shown, of the first brand that does not show it: dark before high contrast. */
function nextMode(ids, shown, scheme) {
  for (const other of [scheme, ...SCHEMES.filter((one) => one !== scheme)]) {
    const brand = ids.find((id) => !shown.has(`${id} ${other}`));
    if (brand) return { brand, scheme: other === scheme ? "" : other };
  }
  return { brand: ids[0], scheme: "" };
}
