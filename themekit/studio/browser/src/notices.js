// Bars under the head of the page: a shared link that is open, a conflict that waits, a connection that is lost.

import { useComputed } from "@preact/signals";
import { html, sentence } from "./dom.js";
import { agree, applyOffered, commit, discard, discardHeld, dropAside } from "./editing.js";
import { Icon } from "./icons.js";
import { faultOf } from "./sources.js";
import { aside, brand, brandId, conflict, dialog, frames, held, isConnected, isGone, isRestarted, nameOf, offered, pending, project, saving, sourcePath, tab } from "./store.js";
import { heard, isolated, listed } from "./words.js";

const MAX_FRAMES = 4;

const named = (id) => isolated(nameOf(id));

const button = (text, run, tone = "") => html`<button type="button" class=${`button is-small ${tone}`} onClick=${run}>${sentence(text)}</button>`;

const Notice = ({ icon, tone, text, children }) => html`
  <div class=${`notice is-${tone}`} role="region" aria-label=${`Notice: ${heard(text)}`}>
    <${Icon} name=${icon} /><p>${sentence(text)}</p><span class="notice-actions">${children}</span>
  </div>
`;

/** Before the first change of a file that is of other brands too: what it changes, and a look at it. */
function Held() {
  const sharers = [...new Set(held.value.flatMap((one) => one.sharers))];
  const paths = held.value.map(({ path }) => isolated(path)).join(", ");
  const hidden = sharers.filter((id) => !frames.value.some((frame) => frame.brand === id));
  const room = MAX_FRAMES - frames.value.length;
  const show = () => {
    const key = Math.max(...frames.value.map((frame) => frame.key));
    const { view } = frames.value[0];
    const first = { ...frames.value[0], brand: brandId.value };
    const more = hidden.slice(0, room).map((id, at) => ({ key: key + 1 + at, brand: id, view, scheme: "" }));
    frames.value = [first, ...frames.value.slice(1), ...more];
  };
  return html`
    <${Notice} icon="warning" tone="warning" text=${`${paths} also changes ${listed(sharers.map(named))}. Nothing is written yet.`}>
      ${hidden.length > 0 && room > 0 && button(hidden.length === 1 ? "Show it beside" : `Show ${Math.min(room, hidden.length)} beside`, show)}
      ${button("Write it", agree, "is-primary")}${button("Discard", discardHeld)}
    <//>`;
}

/** The further files that are no JSON; whoever has saved them so gets the way there. */
const Broken = () => html`
  ${(brand.value?.sources ?? []).filter((one) => faultOf(one) && !one.refusal).map((one) => html`
    <${Notice} key=${one.path} icon="error" tone="error" text=${`${isolated(one.path)} ${faultOf(one)}; the preview shows the last good state.`}>
      ${button("Open the source", () => {
        sourcePath.value = one.path;
        tab.value = "source";
      })}
    <//>`)}
`;

const changesOf = (count) => `${count} ${count === 1 ? "change" : "changes"}`;

/** Brands that were left before what was edited could be written. */
const Aside = ({ openBrand }) =>
  Object.entries(aside.value).map(([id, { edits }]) => {
    const isThere = project.value.brands.some((one) => one.id === id);
    const count = changesOf(edits.length);
    const text = isThere ? `${named(id)} has ${count} not written yet, kept here.` : `${named(id)} is gone, and ${count} of it ${edits.length === 1 ? "is" : "are"} not written.`;
    return html`
      <${Notice} key=${id} icon="warning" tone="warning" text=${text}>
        ${isThere && button(`Go back to ${named(id)}`, () => openBrand(id), "is-primary")}${button("Discard", () => dropAside(id))}
      <//>`;
  });

export function Notices({ openBrand }) {
  const count = useComputed(() => pending.value.length).value;
  const changes = changesOf(count);
  return html`
    ${!isConnected.value && html`<${Notice} icon="warning" tone="warning" text="The preview does not answer. What you change is kept here until it does." />`}
    ${isRestarted.value && html`
      <${Notice} icon="warning" tone="warning" text="The preview was started again. Its pages are shown when this page is loaded again.">
        ${button("Reload", () => location.reload())}
      <//>`}
    ${offered.value && html`
      <${Notice} icon="link" tone="info" text=${`A shared link, shown as a draft: ${changes}${offered.value.note ? ` – ${isolated(offered.value.note)}` : ""}${leftOut(offered.value.left)}`}>
        ${button("Apply", applyOffered, "is-primary")}${button("Discard", discard)}
      <//>`}
    ${held.value.length > 0 && !offered.value && !conflict.value && html`<${Held} />`}
    ${conflict.value && dialog.value && html`
      <${Notice} icon="warning" tone="warning" text="The file was changed elsewhere in the same places.">${button("Compare", () => (dialog.value = "merge"))}<//>`}
    ${saving.value === "failed" && count > 0 && !offered.value && html`
      <${Notice} icon="error" tone="error" text=${`${changes} could not be saved, and ${count === 1 ? "is" : "are"} kept here.`}>
        ${button("Try again", commit, "is-primary")}${button("Discard", discard)}
      <//>`}
    ${isGone.value && html`<${Notice} icon="error" tone="error" text=${`${isolated(brand.value.path)} is gone. The form has it as it was: Export saves a copy.`} />`}
    ${brand.value && faultOf(brand.value) && html`
      <${Notice} icon="error" tone="error" text=${`${isolated(brand.value.path)} ${faultOf(brand.value)}; the preview shows the last good state.`}>
        ${button("Open the source", () => {
          sourcePath.value = "";
          tab.value = "source";
        })}
      <//>`}
    <${Broken} />
    <${Aside} openBrand=${openBrand} />
  `;
}

/** What a link carries for files that this brand is not made of. */
const leftOut = (left = []) => (left.length ? `. Left out: changes of ${listed(left.map(isolated))}, which this brand is not made of or which cannot be edited here` : "");
