// The bar: whose brand this is, what was done, and where it can go.

import { useComputed } from "@preact/signals";
import { html } from "./dom.js";
import { canRedo, canUndo, redo, undo } from "./history.js";
import { Icon, IconButton } from "./icons.js";
import { BrandPicker } from "./picker.js";
import { exportFile } from "./share.js";
import { brand, dialog, isConnected, pending, saving, theme } from "./store.js";

const THEMES = { auto: ["contrast", "light"], light: ["sun", "dark"], dark: ["moon", "auto"] };
const SAVING = { saving: "Saving…", saved: "Saved", conflict: "Changed elsewhere", failed: "Not saved", held: "Not written yet" };

export const Bar = ({ openBrand }) => html`
  <header class="bar">
    <h1 class="bar-title"><span class="bar-mark" aria-hidden="true"></span><span class="bar-name">Studio</span></h1>
    <${BrandPicker} openBrand=${openBrand} />
    <${Saving} />
    <span class="bar-space"></span>
    <div class="bar-group" role="group" aria-label="History">
      <${IconButton} icon="undo" label="Undo" hint="Ctrl+Z" disabled=${!canUndo.value} onClick=${undo} />
      <${IconButton} icon="redo" label="Redo" hint="Ctrl+Shift+Z" disabled=${!canRedo.value} onClick=${redo} />
    </div>
    <div class="bar-group">
      <${ThemeButton} />
      <${IconButton} icon="keyboard" label="Keyboard shortcuts" hint="?" onClick=${() => (dialog.value = "keys")} />
    </div>
    <div class="bar-group"><a class="button" href="/gateway.html">Gateway</a></div>
    <div class="bar-group">
      <button type="button" class="button" disabled=${!brand.value} onClick=${() => (brand.value.sources?.length ? (dialog.value = "export") : exportFile())}><${Icon} name="download" />Export</button>
      <button type="button" class="button" disabled=${!brand.value} onClick=${() => (dialog.value = "share")}><${Icon} name="link" />Share</button>
      <button type="button" class="button is-primary" onClick=${() => (dialog.value = "create")}><${Icon} name="plus" />New brand</button>
    </div>
  </header>
`;

function ThemeButton() {
  const [icon, next] = THEMES[theme.value] ?? THEMES.auto;
  return html`<${IconButton} icon=${icon} label=${`Studio's own look: ${theme.value}; switch to ${next}`} onClick=${() => (theme.value = next)} />`;
}

function Saving() {
  const isPending = useComputed(() => pending.value.length > 0).value;
  const state = !isConnected.value ? "lost" : saving.value || (isPending ? "pending" : "");
  const text = { lost: "No connection", pending: "Not saved yet" }[state] ?? SAVING[state] ?? "";
  return html`<p class=${`saving is-${state || "idle"}`} role="status">${text}</p>`;
}
