// Shortcuts, and the dialog that lists them. Those of one letter can be switched off (WCAG 2.2, 2.1.4).

import { on } from "./channel.js";
import { Dialog } from "./dialog.js";
import { html } from "./dom.js";
import { commit } from "./editing.js";
import { redo, undo } from "./history.js";
import { closeInspector } from "./inspector.js";
import { nextFrames } from "./side_by_side.js";
import { brandId, dialog, frames, hasSingleKeys, isInspecting, look, offered, picked, project, tab } from "./store.js";

const isMac = navigator.platform.startsWith("Mac");
const MOD = isMac ? "⌘" : "Ctrl";

const isInspectorShown = () => isInspecting.value || picked.value !== null;
const toggleInspect = () => (isInspecting.value = !isInspecting.value);
const focus = (selector) => document.querySelector(selector)?.focus();
const nextScheme = { light: "dark", dark: "light-contrast", "light-contrast": "dark-contrast", "dark-contrast": "light" };

const SHORTCUTS = [
  { keys: [`${MOD}+Z`], says: "Undo", matches: (key, mod, shift) => mod && !shift && key === "z", run: undo },
  { keys: [`${MOD}+Shift+Z`, `${MOD}+Y`], says: "Redo", matches: (key, mod, shift) => mod && ((shift && key === "z") || key === "y"), run: redo },
  { keys: [`${MOD}+S`], says: "Save now", matches: (key, mod) => mod && key === "s", run: () => save() },
  { keys: ["Esc"], says: "Close the inspector", matches: (key) => key === "escape" && isInspectorShown(), run: () => closeInspector() },
  { keys: ["F6"], says: "Next part of the page: bar, panel, stage, inspector; with Shift, the one before", matches: (key) => key === "f6", run: (key, shift) => nextRegion(shift ? -1 : 1) },
  { keys: ["/"], says: "Find a field", isSingle: true, matches: (key) => key === "/", run: () => find() },
  { keys: ["I"], says: "Inspect: point at the page", isSingle: true, matches: (key) => key === "i", run: toggleInspect },
  { keys: ["L"], says: "Next appearance: light, dark, high contrast", isSingle: true, matches: (key) => key === "l", run: () => (look.value = { ...look.value, scheme: nextScheme[look.value.scheme] }) },
  { keys: ["1", "2", "3", "4"], says: "That many frames side by side", isSingle: true, matches: (key) => /^[1-4]$/.test(key), run: (key) => showFrames(Number(key)) },
  { keys: ["?"], says: "This list", isSingle: true, matches: (key) => key === "?", run: () => (dialog.value = "keys") },
];

/** The source tab listens to this, as its text is not among the pending edits. */
export const SAVE_EVENT = "themekit-save";

function save() {
  const handled = !dispatchEvent(new CustomEvent(SAVE_EVENT, { cancelable: true }));
  if (!handled && !offered.value) commit();
}

function find() {
  if (tab.value !== "tokens") tab.value = "design";
  requestAnimationFrame(() => focus(".panel input[type=search]"));
}

const REGIONS = [".bar", ".panel", ".stage", ".inspector"];
/** From a frame too, whose page may have a hundred links before the next part. */
function nextRegion(step) {
  const there = REGIONS.filter((selector) => document.querySelector(selector));
  const at = there.findLastIndex((selector) => document.activeElement?.closest(selector)); // the inspector is within the stage
  const next = at < 0 ? 0 : (at + step + there.length) % there.length;
  focus(`${there[next]} :is(button, input, select, [tabindex="0"]):not([disabled], [tabindex="-1"])`);
}

/** Side by side: what is there stays, and new frames show what none shows yet. */
export function showFrames(number) {
  const brands = project.value.brands.map(({ id }) => id);
  frames.value = nextFrames(frames.value, number, { brands, edited: brandId.value, scheme: look.value.scheme });
}

/** The letter that a key stands for: where the layout has letters of another script, that of the key's place. */
function letterOf({ key, code = "" }) {
  const isOther = key.length === 1 && !/[\u0000-\u02af]/.test(key);
  return (isOther && /^Key[A-Z]$/.test(code) ? code.slice(3) : key).toLowerCase();
}

/** A key that is text somewhere is no shortcut there. */
const isTyping = (target) =>
  target.isContentEditable ||
  target.matches?.("textarea, select, input:not([type=radio], [type=checkbox], [type=range], [type=file])");

/** Escape empties a field of search first. */
const isEmptied = (target, key) => key === "escape" && target.type === "search" && target.value !== "";

function onKeyDown(event) {
  if (!event.key || event.isComposing || event.defaultPrevented) return; // a browser that fills a field in tells of no key
  const target = event.composedPath()[0];
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (event.altKey || document.querySelector("dialog[open]")) return;
  const key = letterOf(event);
  if ((target.closest?.(".cm-editor") && !(mod && key === "s")) || isEmptied(target, key)) return;
  const found = SHORTCUTS.find((one) => one.matches(key, mod, event.shiftKey));
  if (!found || (found.isSingle && (!hasSingleKeys.value || event.ctrlKey || event.metaKey || isTyping(target)))) return;
  event.preventDefault();
  if (found.isSingle && event.repeat) return; // it would switch to and fro
  if (mod && isTyping(target) && key !== "s") target.blur(); // what was typed becomes an edit before it is undone
  found.run(key, event.shiftKey);
}

const FROM_FRAMES = {
  undo,
  redo,
  inspect: () => hasSingleKeys.value && toggleInspect(),
  escape: () => isInspectorShown() && closeInspector(),
  region: () => nextRegion(1),
  "region-before": () => nextRegion(-1),
};

export function startKeys() {
  addEventListener("keydown", onKeyDown);
  on("key", ({ key, shortcut }) => FROM_FRAMES[shortcut ?? key]?.());
}

export const KeysDialog = () => html`
  <${Dialog} title="Keyboard shortcuts" onClose=${() => (dialog.value = "")}>
    <dl class="keys">
      ${SHORTCUTS.map(
        ({ keys, says }) => html`<div key=${says}><dt>${says}</dt><dd>${keys.map((key) => html`<kbd key=${key}>${key}</kbd>`)}</dd></div>`,
      )}
    </dl>
    <label class="check">
      <input type="checkbox" checked=${hasSingleKeys.value} onChange=${(event) => (hasSingleKeys.value = event.target.checked)} />
      Shortcuts of one letter
    </label>
  <//>
`;
