// The merge view: places that were changed here and in the file, for somebody to choose. Until then nothing is written.

import { useState } from "preact/hooks";
import { Dialog } from "./dialog.js";
import { html } from "./dom.js";
import { decide } from "./editing.js";
import { parseColor } from "./color.js";
import { placeName } from "./sources.js";
import { Swatch } from "./swatch.js";
import { conflict, dialog } from "./store.js";

export const shown = (value) => (value === undefined ? "not there" : typeof value === "string" ? value : JSON.stringify(value));

const Value = ({ value }) => html`
  ${parseColor(value) && html`<${Swatch} color=${shown(value)} />`}<code>${shown(value)}</code>
`;

export function MergeDialog() {
  const { conflicts, clean } = conflict.value;
  const [choices, setChoices] = useState({});
  const isDecided = conflicts.every(({ pointer }) => choices[pointer]);
  const all = (side) => setChoices(Object.fromEntries(conflicts.map(({ pointer }) => [pointer, side])));
  const later = () => (dialog.value = "later");
  const save = () => {
    dialog.value = "";
    decide(choices);
  };
  return html`
    <${Dialog} title="Changed in two places" onClose=${later} wide>
      <p>Somebody changed the file while you did. Choose for each place; nothing is written before.</p>
      <p class="merge-all">
        <button type="button" class="button is-small" onClick=${() => all("mine")}>All yours</button>
        <button type="button" class="button is-small" onClick=${() => all("theirs")}>All of the file</button>
      </p>
      ${conflicts.map(
        ({ pointer, base, mine, theirs }) => html`
          <fieldset class="merge" key=${pointer}>
            <legend><code>${placeName(pointer)}</code></legend>
            <p class="muted">before: <${Value} value=${base} /></p>
            ${[["mine", "Yours", mine], ["theirs", "In the file", theirs]].map(
              ([side, label, value]) => html`
                <label class="merge-side" key=${side}>
                  <input type="radio" name=${`merge${pointer}`} checked=${choices[pointer] === side} onChange=${() => setChoices({ ...choices, [pointer]: side })} />
                  <span class="merge-label">${label}</span><${Value} value=${value} />
                </label>
              `,
            )}
          </fieldset>
        `,
      )}
      ${clean.length > 0 && html`<p class="muted">${clean.length} more of your changes fit as they are: ${clean.map(({ pointer }) => placeName(pointer)).join(", ")}</p>`}
      <div class="dialog-foot">
        <button type="button" class="button" onClick=${later}>Decide later</button>
        <button type="button" class="button is-primary" disabled=${!isDecided} onClick=${save}>Save the choice</button>
      </div>
    <//>
  `;
}
