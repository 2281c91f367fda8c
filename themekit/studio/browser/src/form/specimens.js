// What options and palettes come to: the scales of the brand as it is saved, in the appearance that the stage shows.

import { html } from "../dom.js";
import { look, tokens } from "../store.js";
import { Swatch } from "../swatch.js";
import { words } from "../words.js";

/** By the field they stand below: what the names of their tokens begin with. */
const SHOWN = {
  "/color/options": ["color.primary", "color.accent", "color.neutral"],
  "/color/palettes": ["color.tone.primary", "color.tone.neutral", "color.data.category", "color.data.sequential", "color.data.diverging", "color.gradient"],
};

const isStep = (name, start) => name.startsWith(`${start}.`) && /^\d+$/.test(name.slice(start.length + 1));

export function Specimens({ pointer }) {
  const { scheme } = look.value;
  const strips = (SHOWN[pointer] ?? [])
    .map((start) => ({ start, steps: tokens.value.filter(({ name }) => isStep(name, start)).map(({ values }) => values[scheme] ?? values.light) }))
    .filter(({ steps }) => steps.length);
  return strips.map(({ start, steps }) => {
    const name = words(start.replace("color.", ""));
    const said = `${name}, ${words(scheme).toLowerCase()}: ${steps.length} steps from ${steps[0]} to ${steps.at(-1)}`;
    return html`
      <div class="specimen" key=${start}>
        <span class="specimen-name" aria-hidden="true">${name}</span>
        <span class="specimen-steps" role="img" aria-label=${said} title=${said}>${steps.map((color, at) => html`<${Swatch} key=${at} color=${color} />`)}</span>
      </div>
    `;
  });
}
