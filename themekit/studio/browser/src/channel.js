// Messages between the Studio and the frames of the pages' origin; each side looks at origin and source.

import { effect } from "@preact/signals";
import { isInspecting, look, picked, project } from "./store.js";

/** By window of a frame: `{element, brand, path, scheme}`; a scheme of "" is that of the toolbar. */
const windows = new Map();
const drafts = new Map(); // the sheets of a draft by brand, for frames that come later
const handlers = new Map();
const unpainted = new WeakMap(); // by frame: what ends the wait for its next paint
const LONGEST_WAIT_MS = 50; // a frame that is out of sight paints nothing

const originOf = () => (project.value ? new URL(project.value.pages, location.href).origin : "");

/** What a frame's messages of a kind do: `handle(message, entry)`, one after the other. */
export const on = (kind, handle) => handlers.set(kind, [...(handlers.get(kind) ?? []), handle]);

export function join(element, brand) {
  const entry = { element, brand, path: "", scheme: "" };
  windows.set(element.contentWindow, entry);
  return () => {
    for (const [key, one] of windows) if (one === entry) windows.delete(key);
  };
}

export function send(entry, message) {
  entry.element.contentWindow?.postMessage(message, originOf());
}

export function sendAll(message, { except = null } = {}) {
  for (const entry of windows.values()) if (entry !== except) send(entry, message);
}

/** Returns when all frames of the brand are about to paint it. */
export function paintDraft(brand, sheets) {
  if (sheets) drafts.set(brand, sheets);
  else drafts.delete(brand);
  const shown = [...windows.values()].filter((entry) => entry.brand === brand);
  for (const entry of shown) send(entry, { themekit: "draft", sheets });
  const painted = Promise.all(shown.map((entry) => new Promise((done) => unpainted.set(entry, done))));
  return Promise.race([painted, new Promise((done) => setTimeout(done, LONGEST_WAIT_MS))]);
}

on("drafted", (message, entry) => unpainted.get(entry)?.());

/** What is saved is what the draft showed: frames that load from now on need no draft, and others follow the file again. */
export function forgetDraft(brand) {
  drafts.delete(brand);
  for (const entry of windows.values()) {
    if (entry.brand === brand) send(entry, { themekit: "saved" });
  }
}

const appearance = (entry) => {
  const { scheme, direction, motion, vision } = look.value;
  return { themekit: "appearance", scheme: entry.scheme || scheme, direction, motion, vision };
};

/** A frame shows a scheme of its own from now on. */
export function setScheme(element, scheme) {
  const entry = [...windows.values()].find((one) => one.element === element);
  if (!entry || entry.scheme === scheme) return;
  entry.scheme = scheme;
  send(entry, appearance(entry));
}

on("ready", (message, entry) => {
  entry.path = message.path;
  entry.brand = message.brand || entry.brand;
  send(entry, appearance(entry));
  send(entry, { themekit: "inspect", on: isInspecting.value });
  const sheets = drafts.get(entry.brand);
  if (sheets) send(entry, { themekit: "draft", sheets });
  if (look.value.isSynced) follow(entry);
});

/** The other frames go to the page that one of them went to. */
function follow(leader) {
  for (const entry of windows.values()) {
    const isOther = entry !== leader && entry.path && entry.path !== leader.path;
    if (isOther && isPage(entry.path) && isPage(leader.path)) {
      entry.path = leader.path;
      send(entry, { themekit: "go", path: leader.path });
    }
  }
}

const isPage = (path) => !path.startsWith("@");

on("scrolled", (message, entry) => {
  if (look.value.isSynced) sendAll({ themekit: "scroll", share: message.share }, { except: entry });
});

on("picked", (message, entry) => {
  picked.value = { ...message, brand: entry.brand, scheme: entry.scheme || look.value.scheme };
});

export function startChannel() {
  addEventListener("message", (event) => {
    if (event.origin !== originOf() || typeof event.data?.themekit !== "string") return;
    const entry = windows.get(event.source);
    if (entry) for (const handle of handlers.get(event.data.themekit) ?? []) handle(event.data, entry);
  });
  effect(() => {
    for (const entry of windows.values()) send(entry, appearance(entry));
    look.value; // also while there is no frame
  });
  effect(() => sendAll({ themekit: "inspect", on: isInspecting.value }));
}
