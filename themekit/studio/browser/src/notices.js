// Bars under the head of the page: a shared link that is open, a conflict that waits, a connection that is lost.

import { useComputed } from "@preact/signals";
import { html } from "./dom.js";
import { applyOffered, commit, discard } from "./editing.js";
import { Icon } from "./icons.js";
import { brand, conflict, dialog, isConnected, isGone, offered, pending, saving, tab } from "./store.js";

const button = (text, run, tone = "") => html`<button type="button" class=${`button is-small ${tone}`} onClick=${run}>${text}</button>`;

const Notice = ({ icon, tone, text, children }) => html`
  <div class=${`notice is-${tone}`} role="region" aria-label="Notice">
    <${Icon} name=${icon} /><p>${text}</p><span class="notice-actions">${children}</span>
  </div>
`;

export function Notices() {
  const count = useComputed(() => pending.value.length).value;
  const changes = `${count} ${count === 1 ? "change" : "changes"}`;
  return html`
    ${!isConnected.value && html`<${Notice} icon="warning" tone="warning" text="The preview does not answer. What you change is kept here until it does." />`}
    ${offered.value && html`
      <${Notice} icon="link" tone="info" text=${`A shared link, shown as a draft: ${changes}${offered.value.note ? ` – ${offered.value.note}` : ""}`}>
        ${button("Apply", applyOffered, "is-primary")}${button("Discard", discard)}
      <//>`}
    ${conflict.value && dialog.value && html`
      <${Notice} icon="warning" tone="warning" text="The file was changed elsewhere in the same places.">${button("Compare", () => (dialog.value = "merge"))}<//>`}
    ${saving.value === "failed" && count > 0 && !offered.value && html`
      <${Notice} icon="error" tone="error" text=${`${changes} could not be saved, and ${count === 1 ? "is" : "are"} kept here.`}>
        ${button("Try again", commit, "is-primary")}${button("Discard", discard)}
      <//>`}
    ${isGone.value && html`<${Notice} icon="error" tone="error" text=${`${brand.value.path} is gone. The form has it as it was: Export saves a copy.`} />`}
    ${brand.value && brand.value.value === null && html`
      <${Notice} icon="error" tone="error" text=${`${brand.value.path} is no valid JSON; the preview shows the last good state.`}>
        ${button("Open the source", () => (tab.value = "source"))}
      <//>`}
  `;
}
