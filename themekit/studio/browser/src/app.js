// Where the Studio starts: reads the project, opens a brand, listens, and draws the page.

import { batch } from "@preact/signals";
import { h, render } from "preact";
import * as api from "./api.js";
import { startChannel } from "./channel.js";
import { commit, leave, reread, setAside, takeUp } from "./editing.js";
import { startDrops } from "./drops.js";
import { startFocus } from "./focus.js";
import { startKeys } from "./keys.js";
import { Page } from "./page.js";
import { openSharedLink } from "./share.js";
import { hasUnsavedText } from "./source_panel.js";
import { versionsOf } from "./sources.js";
import { announce, aside, brand, brandId, conflict, contrastModes, failure, frames, isConnected, isRestarted, nameOf, offered, pending, picked, project, saving, sourcePath, tokens } from "./store.js";
import { isolated } from "./words.js";

const SETTLE_MS = 250;
const MAX_LATE = 8; // times that what is computed is of another version than what was read, where files never rest

let opening = ""; // the brand that was asked for last

/** Makes a brand the one that is edited, unless another was asked for before it could be read. */
export async function openBrand(id) {
  opening = id;
  if (id === brandId.value) return;
  await leave();
  const answer = await api.readBrand(id);
  if (opening !== id || id === brandId.value) return;
  batch(() => {
    if (brand.value) setAside(); // what a slider in the hand came to meanwhile is no other brand's
    brand.value = answer;
    picked.value = null;
    sourcePath.value = "";
    saving.value = "";
    frames.value = frames.value.map((frame, at) => (at === 0 ? { ...frame, brand: id } : frame));
    takeUp();
  });
  history.replaceState(null, "", `#brand=${encodeURIComponent(id)}`);
  document.title = `${answer.value?.name ?? id} – themekit Studio`;
}

/** The same for whoever chose it: what is in the way is said. */
const chooseBrand = (id) => openBrand(id).catch((error) => announce(`${isolated(nameOf(id))} was not opened: ${error.message}`));

/** What is computed from the brand, read again when the file has rested a little. */
let computedTimer = 0;
function readComputedSoon(after = SETTLE_MS) {
  clearTimeout(computedTimer);
  computedTimer = setTimeout(readComputed, after);
}

function followVersions() {
  let known = "";
  brand.subscribe((now) => {
    const state = now ? `${now.id} ${JSON.stringify(versionsOf(now))}` : "";
    if (!now || state === known) return;
    const isOther = !known.startsWith(`${now.id} `);
    known = state;
    readComputedSoon(isOther ? 0 : SETTLE_MS);
  });
}

let lateCount = 0;
let tokensOf = ""; // the brand that `tokens` are of
/** Tokens are shown with the files that they were made from: with others, their places would lead to something else. */
async function readComputed() {
  const id = brandId.value;
  const [named, checked] = await Promise.allSettled([api.readTokens(id), api.readContrast(id)]);
  if (id !== brandId.value) return;
  if (named.status === "fulfilled" && !isOfWhatWasRead(named.value.versions)) {
    await reread().catch(() => {});
    if (id !== brandId.value) return;
    const isLate = !isOfWhatWasRead(named.value.versions) && !pending.value.length && !conflict.value;
    lateCount = isLate ? lateCount + 1 : 0;
    if (isLate && lateCount < MAX_LATE) {
      readComputedSoon();
      return;
    }
  }
  lateCount = 0;
  batch(() => {
    // While there is an error there are none: then the last are shown, or the row with the mistake would be gone.
    if (named.status === "fulfilled" && (named.value.tokens.length || tokensOf !== id)) {
      tokens.value = named.value.tokens;
      tokensOf = id;
    }
    if (checked.status === "fulfilled") contrastModes.value = checked.value.modes;
  });
}

/** The versions are those of the files that the page has. Of one that is no JSON now nothing is computed. */
function isOfWhatWasRead(versions) {
  const read = versionsOf(brand.value);
  return Object.entries(versions).every(([path, version]) => read[path] === version);
}

export async function refreshProject() {
  const found = await api.readProject();
  const { pages } = project.value ?? found; // a policy of this page lets those into frames, and no others
  isRestarted.value = pages !== found.pages;
  project.value = { ...found, pages, brands: found.brands.map(asLastKnown) };
}

/** Where a brand's file says no name or colour now, being no JSON or away for a moment, those that it said last. */
function asLastKnown(one) {
  const last = one.errors || !one.name ? project.value?.brands.find(({ id }) => id === one.id) : null;
  return { ...one, name: one.name ?? last?.name ?? one.id, primary: one.primary ?? last?.primary ?? null };
}

function onEvent(event) {
  if (event.brand === brandId.value) onBrandEvent(event);
  if (["brands", "file", "structure"].includes(event.kind)) refreshProjectSoon();
}

/** What is computed may be other without another version of the brand's file: its tokens may stand in other files. */
function onBrandEvent({ kind }) {
  if (["file", "problems"].includes(kind)) reread().catch(() => {});
  if (["sheet", "problems"].includes(kind)) readComputedSoon();
}

let projectTimer = 0;
function refreshProjectSoon() {
  clearTimeout(projectTimer);
  projectTimer = setTimeout(() => refreshProject().catch(() => {}), SETTLE_MS);
}

/** Also the first time: what was written while the page was starting was told to nobody. What could not be saved meanwhile is now. */
async function onOpen() {
  isConnected.value = true;
  refreshProjectSoon();
  if (!brand.value) return;
  await reread().catch(() => {});
  if (saving.value === "failed" && pending.value.length && !offered.value) await commit();
}

/** Before the page is left or read again: what is not written would be lost with it. A link's draft would not: there is the link. */
function onBeforeUnload(event) {
  if ((pending.value.length && !offered.value) || hasUnsavedText() || Object.keys(aside.value).length) event.preventDefault();
}

async function start() {
  render(h(Page, { openBrand, chooseBrand, refreshProject }), document.getElementById("studio"));
  const place = followLinks();
  try {
    await refreshProject();
    const ids = project.value.brands.map(({ id }) => id);
    const wanted = new URLSearchParams(location.hash.slice(1));
    if (ids.length) await openBrand(ids.includes(wanted.get("brand")) ? wanted.get("brand") : ids[0]);
    place.begin(wanted);
  } catch (error) {
    failure.value = error.message;
    return;
  }
  api.listen({ onEvent, onOpen, onLost: () => (isConnected.value = false) });
}

/** What the address says after `#`: a brand, or what a link carries. It may change while the project is still being read. */
function followLinks() {
  let isReady = false;
  let latest = null;
  const open = (wanted) => {
    latest = wanted;
    if (!isReady || !brand.value) return;
    const id = wanted.get("brand");
    if (wanted.has("share")) openSharedLink(wanted.get("share"), openBrand).catch(() => {});
    else if (id && id !== brandId.value && project.value.brands.some((one) => one.id === id)) chooseBrand(id);
  };
  addEventListener("hashchange", (event) => open(new URLSearchParams(new URL(event.newURL).hash.slice(1))));
  return {
    begin(wanted) {
      isReady = true;
      open(latest ?? wanted);
    },
  };
}

followVersions();
startChannel();
startFocus();
addEventListener("beforeunload", onBeforeUnload);
startDrops();
startKeys();
start();
