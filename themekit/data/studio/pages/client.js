// Keeps a previewed page up to date, and speaks with the Studio if that is around it.

import { inspect } from "./inspector.js";
import { divide } from "./large_pages.js";
import { showProblems } from "./overlay.js";
import { applyDraft, applyPatch, failedSheets, reloadPictures, reloadSheet } from "./patching.js";
import { showAs } from "./appearance.js";
import { stream } from "./stream.js";
import { swapPage } from "./swapping.js";

const { base, brand, path, serial, studio, version } = document.getElementById("themekit-client").dataset;
const home = `${base}${brand}/`;
const sheet = `${base}@client/client.css`;
const isFramed = parent !== window;
const STILL_MS = 500; // without another draft: nobody drags any more

let knownSerial = Number(serial);
let knownVersion = version;
let draft = null;
let isSaved = false; // the draft is the file now: what is told from here on is newer

const tell = (kind, members) => isFramed && parent.postMessage({ themekit: kind, ...members }, studio);

let renewing = null;
let isOutdated = false; // told again while the page was on its way: what comes may be older

/** One after the other: an answer that is overtaken would put old content over new. */
function renew() {
  isOutdated = renewing !== null;
  renewing ??= renewAll().finally(() => (renewing = null));
  return renewing;
}

async function renewAll() {
  do {
    isOutdated = false;
    await renewOnce();
  } while (isOutdated);
}

async function renewOnce() {
  const now = await swapPage(knownVersion).catch(() => knownVersion);
  if (now === null) return location.reload();
  if (now === knownVersion) return;
  knownVersion = now;
  divide();
  tell("ready", { brand, path, title: document.title });
}

/** Called where what is under the draft is about to be other: before that nothing would look other. */
function dropSaved() {
  if (!isSaved) return;
  isSaved = false;
  applyDraft(home, (draft = null));
}

async function loadAgain(which, how) {
  dropSaved();
  await reloadSheet(home, which, how);
  if (draft) applyDraft(home, draft);
}

/** Styles are worked out at once, while the browser waits for its next frame, which has only to paint then. */
function restyle() {
  if (document.visibilityState === "visible") document.body.offsetWidth; // what asks for it has to wait for all styles
}

const ON = {
  sheet: (event) => (dropSaved(), applyPatch(home, event.path, event) ? restyle() : loadAgain(event.path, event.serial)),
  "reload-sheet": (event) => loadAgain(event.path, event.version),
  pictures: (event) => reloadPictures(home, event.paths, event.version),
  pages: (event) => (event.paths === null || event.paths.includes(path) ? renew() : null),
  structure: () => location.reload(),
  problems: (event) => showProblems(event.diagnostics, sheet, isThere),
};

const GONE = "gone"; // the version of the page that stands for a brand that is not there
let isThere = version !== "" && version !== GONE;

async function take(event) {
  if (event.kind === "brands" && event.ids.includes(brand) !== isThere) {
    isThere = !isThere;
    return location.reload();
  }
  if (event.kind === "state") await catchUp(event);
  if (event.brand !== brand) return;
  knownSerial = event.serial;
  await ON[event.kind]?.(event);
  requestAnimationFrame(() => tell("painted", { serial: event.serial }));
}

/** What was told while nobody here listened. */
async function catchUp({ ids, serials, problems }) {
  const isListed = ids?.includes(brand) ?? isThere;
  if (isThere ? !isListed : version === GONE && isListed) return location.reload();
  showProblems(problems[brand] ?? [], sheet, isThere);
  const now = serials[brand] ?? 0;
  if (now === knownSerial) return;
  knownSerial = now;
  const mark = `serial-${now}`;
  for (const each of new Set(["assets/brand/tokens.css", "assets/brand/fonts.css", ...failedSheets(home)])) await loadAgain(each, mark);
  reloadPictures(home, null, mark);
  await renew();
}

/** Browsers that keep no data of sites refuse a worker that pages share. */
function sharedPort() {
  try {
    return new SharedWorker(`${base}@client/worker.js`, { name: "themekit", type: "module" }).port;
  } catch {
    return null;
  }
}

function listen() {
  const port = sharedPort();
  const hear = (data) => take(JSON.parse(data));
  if (!port) {
    stream(`${base}@events`, hear);
    return;
  }
  port.onmessage = ({ data }) => hear(data);
  addEventListener("pagehide", () => port.postMessage("goodbye"));
}

addEventListener("pageshow", (event) => event.persisted && location.reload()); // it was told nothing meanwhile

const FROM_STUDIO = {
  appearance: showAs,
  draft: drag,
  saved: () => (isSaved = draft !== null),
  inspect: ({ on }) => inspect(on, { sheet, pick: (found) => tell("picked", found) }),
  go: ({ path: to }) => location.assign(home + to),
  scroll: ({ share }) => follow(share),
};

const unmoved = new CSSStyleSheet();
unmoved.replaceSync("*, ::before, ::after { transition: none !important }"); // or colours would follow 150 ms behind the hand

let dragged = 0;
/** An unsaved state, which is nearly always one of many in a row. */
function drag({ sheets }) {
  clearTimeout(dragged);
  markDragged(true);
  dragged = setTimeout(() => markDragged(false), STILL_MS);
  applyDraft(home, (draft = sheets ?? null));
  isSaved = false;
  restyle();
  afterPaint(() => tell("drafted")); // the next one is asked for then: made while this one is painted, frames would be late
}

/** In the frame after the next, as the callbacks of a frame are run before it is painted. */
const afterPaint = (work) => requestAnimationFrame(() => requestAnimationFrame(work));

function markDragged(isDragged) {
  document.documentElement.toggleAttribute("data-themekit-dragged", isDragged);
  const others = document.adoptedStyleSheets.filter((one) => one !== unmoved);
  if (isDragged === (others.length < document.adoptedStyleSheets.length)) return;
  document.adoptedStyleSheets = isDragged ? [...others, unmoved] : others;
}

let followed = -1; // where `scroll` has put the page: that is not the reader's doing
function follow(share) {
  followed = Math.round(share * (document.documentElement.scrollHeight - innerHeight));
  scrollTo({ top: followed, behavior: "instant" });
}

let isScrolling = false;
function tellScroll() {
  if (isScrolling) return;
  isScrolling = true;
  requestAnimationFrame(() => {
    isScrolling = false;
    const room = document.documentElement.scrollHeight - innerHeight;
    if (Math.abs(scrollY - followed) > 1) tell("scrolled", { share: room > 0 ? scrollY / room : 0 });
    followed = -1;
  });
}

/** The letter that a key stands for: where the layout has letters of another script, that of the key's place. */
function letterOf({ key, code = "" }) {
  const isOther = key.length === 1 && !/[\u0000-\u02af]/.test(key);
  return (isOther && /^Key[A-Z]$/.test(code) ? code.slice(3) : key).toLowerCase();
}

function tellKey(event) {
  if (!event.key || event.isComposing || event.defaultPrevented) return; // a browser that fills a field in tells of no key
  const key = letterOf(event);
  const isTyping = event.target.matches?.("input, textarea, select, [contenteditable]");
  if ((isTyping && key !== "f6") || event.altKey) return;
  const mod = event.ctrlKey || event.metaKey;
  const region = event.shiftKey ? "region-before" : "region";
  const found = key === "f6" ? region : mod && key === "z" ? (event.shiftKey ? "redo" : "undo") : mod && key === "y" ? "redo" : !mod && !event.repeat && key === "i" ? "inspect" : "";
  if (key === "escape") tell("key", { key }); // the page may have a use for it, too
  if (!found) return;
  event.preventDefault();
  tell("key", { key: found });
}

if (isFramed) {
  addEventListener("message", ({ data, origin, source }) => {
    if (origin === studio && source === parent && Object.hasOwn(FROM_STUDIO, data?.themekit)) FROM_STUDIO[data.themekit](data);
  });
  addEventListener("scroll", tellScroll, { passive: true });
  addEventListener("keydown", tellKey);
  tell("ready", { brand, path, title: document.title });
}
divide();
listen();
