// What the Studio knows: the project, the brand that is edited, edits that are not in the file yet, and how it looks.

import { computed, effect, signal } from "@preact/signals";
import { applied, get } from "./pointer.js";
import { byFile, located, sharersOf, wholeOf } from "./sources.js";

export const project = signal(null);
export const failure = signal(""); // why there is nothing to show
export const isConnected = signal(true);
/** Whether the preview is another than the one this page came from: its pages have another address. */
export const isRestarted = signal(false);

/** The brand as last read: `{id, path, version, text, value, inherited, origins, diagnostics, sources}`, where sources are its further files. */
export const brand = signal(null);
/** Edits made here that the file does not have yet, oldest first. */
export const pending = signal([]);
/** What waits in brands that were left with edits that could not be written: `{read, edits}` by id, where the edits were made on `read`. */
export const aside = signal({});
/** A shared link that was opened: its edits are pending until somebody applies or discards them. */
export const offered = signal(null);
/** What a draft told: `{diagnostics, contrast}`; null when what is saved is what is shown. */
export const drafted = signal(null);
export const tokens = signal([]);
export const contrastModes = signal([]);
/** "", "saving", "saved", "conflict", "failed", or "held": somebody has to agree first. */
export const saving = signal("");
export const conflict = signal(null); // `{clean, conflicts, theirs}`

/** The JSON of the brand and its further files with what is pending; null while its own file is no JSON. */
export const value = computed(() => {
  const whole = wholeOf(brand.value);
  return whole === null ? null : applied(whole, pending.value);
});
export const diagnostics = computed(() => located(drafted.value?.diagnostics ?? brand.value?.diagnostics ?? [], brand.value));
/** Paths of files of several brands that somebody has agreed to write. */
export const agreed = signal([]);
/** Files of several brands with pending edits that nobody has agreed to write yet: `{path, sharers}`. */
export const held = computed(() =>
  [...byFile(pending.value).keys()]
    .map((path) => ({ path, sharers: sharersOf(brand.value, path) }))
    .filter(({ path, sharers }) => sharers.length && !agreed.value.includes(path)),
);
export const isReadable = computed(() => value.value !== null);
/** How many problems, and whether errors are among them, as text: what shows it is drawn anew only when it changes. */
export const problemCount = computed(() => countOf(diagnostics.value));
export const countOf = (found) => `${found.length} ${found.some(({ severity }) => severity === "error") ? "is-error" : "is-warning"}`;
export const brandId = computed(() => brand.value?.id ?? "");
export const nameOf = (id) => project.value?.brands.find((one) => one.id === id)?.name ?? id;
/** The file of the brand that is edited was taken away. */
export const isGone = computed(
  () => Boolean(brand.value && project.value) && !project.value.brands.some(({ id }) => id === brandId.value),
);
export const valueAt = (pointer) => get(value.value, pointer);
export const inheritedAt = (pointer) => brand.value?.inherited?.[pointer];
export const problemsAt = (pointer) => diagnostics.value.filter((found) => found.pointer === pointer);
export const tokensByName = computed(() => new Map(tokens.value.map((token) => [token.name, token])));

const remembered = (name, initial) => {
  const key = `themekit-studio-${name}`;
  let stored = initial;
  try {
    stored = JSON.parse(localStorage.getItem(key)) ?? initial;
  } catch {
    // a browser without storage, or something else's entry: the Studio starts as new
  }
  const kept = signal(stored);
  effect(() => {
    const text = JSON.stringify(kept.value);
    try {
      localStorage.setItem(key, text);
    } catch {
      // not remembered then
    }
  });
  return kept;
};

/** How the frames show: `{scheme, direction, motion, vision, width, isSynced}`; a width of 0 fills the frame. */
export const look = remembered("look", {
  scheme: "light",
  direction: "ltr",
  motion: "",
  vision: "",
  width: 0,
  isSynced: true,
});
export const theme = remembered("theme", "auto"); // of the Studio itself
const isSystemDark = signal(matchMedia("(prefers-color-scheme: dark)").matches);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => (isSystemDark.value = matches));
effect(() => {
  const { value } = theme;
  document.documentElement.dataset.theme = value === "auto" ? (isSystemDark.value ? "dark" : "light") : value;
});
export const panelWidth = remembered("panel-width", 380);
export const hasSingleKeys = remembered("single-keys", true);
/** The frames side by side, `{key, brand, view, scheme}`; the first follows the brand that is edited, and "" the toolbar. */
export const frames = signal([{ key: 1, brand: "", view: "portal", scheme: "" }]);
export const isInspecting = signal(false);
export const picked = signal(null);
export const tab = signal("design");
export const sourcePath = signal(""); // of the file that the source tab shows; "" is the brand's own
export const dialog = signal(""); // the name of the one that is open
/** Where a jump leads: `{pointer}` in the form, `{line, column}` in the source. */
export const jump = signal(null);

const SHOWN_MS = 6000; // as long as the style sheet shows one
const MAX_SHOWN = 3;
let announced = 0;
/** What is said and shown now, `{key, text}`, the oldest first. */
export const announcements = signal([]);
/** Said by screen readers, and shown for a moment, below what is still shown. */
export function announce(text) {
  const key = ++announced;
  announcements.value = [...announcements.value.filter((one) => one.text !== text), { key, text }].slice(-MAX_SHOWN);
  setTimeout(() => {
    announcements.value = announcements.value.filter((one) => one.key !== key);
  }, SHOWN_MS);
}
