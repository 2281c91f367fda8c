// The stage: how the frames show, and up to four of them side by side; beside them what the inspector found.

import { Segmented } from "./controls.js";
import { html } from "./dom.js";
import { Frame } from "./frame.js";
import { Icon, IconButton } from "./icons.js";
import { Inspector } from "./inspector.js";
import { showFrames } from "./keys.js";
import { frames, isInspecting, look, picked } from "./store.js";

const SCHEMES = [
  { value: "light", label: "Light", icon: "sun" },
  { value: "dark", label: "Dark", icon: "moon" },
  { value: "light-contrast", label: "Light, high contrast", icon: "contrast" },
  { value: "dark-contrast", label: "Dark, high contrast", icon: "contrastDark" },
];
const WIDTHS = [[0, "Fill"], [360, "Phone, 360"], [768, "Tablet, 768"], [1024, "Laptop, 1024"], [1440, "Desktop, 1440"], [1920, "Wide, 1920"]];
const VISIONS = [["", "Full colour vision"], ["protanopia", "Protanopia"], ["deuteranopia", "Deuteranopia"], ["tritanopia", "Tritanopia"], ["achromatopsia", "Achromatopsia"]];

const change = (part) => (look.value = { ...look.value, ...part });

export const Stage = ({ openBrand }) => html`
  <main class="stage" aria-label="Preview">
    <${Toolbar} />
    <div class="stage-body">
      <div class=${`frames is-${frames.value.length}`} id="stage-frames" tabindex="-1">
        ${frames.value.map((frame, at) => html`<${Frame} key=${frame.key} frame=${frame} at=${at} openBrand=${openBrand} />`)}
      </div>
      ${(picked.value || isInspecting.value) && html`<${Inspector} />`}
    </div>
  </main>
`;

function Toolbar() {
  const now = look.value;
  const toggle = (label, icon, isOn, run, more = {}) => html`<${IconButton} icon=${icon} label=${label} pressed=${isOn ? "true" : "false"} onClick=${run} ...${more} />`;
  return html`
    <div class="toolbar" role="group" aria-label="How the preview shows">
      ${toggle("Inspect: point at the page", "target", isInspecting.value, () => (isInspecting.value = !isInspecting.value), { hint: "I", "data-inspects": "" })}
      <span class="rule" aria-hidden="true"></span>
      <${Segmented} label="Appearance" options=${SCHEMES} value=${now.scheme} onChange=${(scheme) => change({ scheme })} isIconic />
      <label class="picked"><${Icon} name="width" /><span class="unseen">Width of the page</span>
        <select class="input" onChange=${(event) => change({ width: Number(event.target.value) })}>
          ${WIDTHS.map(([value, name]) => html`<option key=${value} value=${value} selected=${value === now.width}>${name}</option>`)}
        </select></label>
      <label class="picked"><${Icon} name="eye" /><span class="unseen">Colour vision</span>
        <select class="input" onChange=${(event) => change({ vision: event.target.value })}>
          ${VISIONS.map(([value, name]) => html`<option key=${value} value=${value} selected=${value === now.vision}>${name}</option>`)}
        </select></label>
      ${toggle("Right to left", "rtl", now.direction === "rtl", () => change({ direction: now.direction === "rtl" ? "ltr" : "rtl" }))}
      ${toggle("Reduced motion", "motion", now.motion === "reduce", () => change({ motion: now.motion === "reduce" ? "" : "reduce" }))}
      <span class="bar-space"></span>
      ${frames.value.length > 1 && toggle("Frames show the same page", "link", now.isSynced, () => change({ isSynced: !now.isSynced }))}
      <${Segmented} label="Frames side by side" value=${String(frames.value.length)} onChange=${(number) => showFrames(Number(number))}
        options=${[1, 2, 3, 4].map((number) => ({ value: String(number), label: String(number) }))} />
    </div>
  `;
}
