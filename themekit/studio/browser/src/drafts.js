// Edits that are not saved, painted: at most one request is under way, and of those that wait only the newest is sent.
// The next is asked for when the frames are about to paint the last: without that pause, drawing and asking are in each
// other's way on a machine of few cores, and frames are late.
// What is wrong with an edit, and its contrast, take several times as long as its colours: they come when a drag rests.

import { batch } from "@preact/signals";
import * as api from "./api.js";
import { forgetDraft, on, paintDraft } from "./channel.js";
import { draftBody, fileAt, taken } from "./sources.js";
import { brand, brandId, drafted, frames, look, pending } from "./store.js";

const REST_MS = 120; // without another edit: a hand that moves slowly has several frames between two

let isUnderWay = false;
let isWanted = false;
let goOn = () => {};
let isGlancing = false;
let latest = null; // `{id, work}`: what a drag has come to meanwhile
const others = new Set(); // brands that show the draft of a file that they are made of, too

/** Does what a drag asks for as fast as frames paint it: while one is on its way, only the newest is kept, for after it. */
export function inStep(work) {
  if (isGlancing) latest = { id: brandId.value, work };
  else work();
}

/** Does what was kept, as when the hand lets go. */
export function catchUp() {
  const kept = latest;
  latest = null;
  if (kept?.id === brandId.value) kept.work();
}

/** A brand whose frame is opened meanwhile shows the draft too, if it is made of one of the files. */
on("ready", (message, { brand: id }) => {
  const isOfIt = pending.value.some(({ pointer }) => fileAt(brand.value, taken(pointer).path)?.readers?.includes(id));
  if (isOfIt && id !== brandId.value && !others.has(id)) requestDraft();
});

/** Asks for the draft of what is pending, now or when the one under way has come back. */
export async function requestDraft(change) {
  isWanted = change ?? true;
  goOn();
  if (isUnderWay) return;
  isUnderWay = true;
  try {
    while (isWanted) {
      const isOfForm = isWanted === true;
      const wanted = isOfForm ? draftBody(pending.value) : isWanted;
      isWanted = false;
      const mode = modeShown();
      isGlancing = true;
      await Promise.all([glanced(brandId.value, wanted, { mode, isOfForm }), ...glancedElsewhere(wanted, { mode, isOfForm })]);
      isGlancing = false;
      catchUp();
      if (!isWanted) await rest();
      if (!isWanted) await Promise.all([drawn(brandId.value, wanted, { isOfForm }), ...glancedElsewhere(wanted, { mode: "all", isOfForm })]);
    }
  } finally {
    isUnderWay = isGlancing = false;
  }
}

/** Until nothing was edited for a moment, or something is. */
const rest = () =>
  new Promise((done) => {
    goOn = done;
    setTimeout(done, REST_MS);
  });

/** The mode that all frames show; "all" if they show several. */
function modeShown() {
  const schemes = new Set(frames.value.map(({ scheme }) => scheme || look.value.scheme));
  return schemes.size === 1 ? [...schemes][0] : "all";
}

const isNothing = (id, change) => !id || (change.edits?.length === 0 && !change.sources);
const isWritten = ({ text, sources = {} }) =>
  (text === undefined || text === brand.value.text) && Object.entries(sources).every(([path, one]) => one.text === fileAt(brand.value, path)?.text);
/** It is for another brand, or in the file by now. */
const isOver = (id, change, { isOfForm }) => id !== brandId.value || (isOfForm ? !pending.value.length : isWritten(change));

async function glanced(id, change, { mode, isOfForm }) {
  if (isNothing(id, change)) return;
  const answer = await api.glanceAtBrand(id, change, mode).catch(() => null);
  if (answer && Object.keys(answer.sheets).length && !isOver(id, change, { isOfForm })) await paintDraft(id, answer.sheets);
}

/** The same in frames of other brands, of the files that they are made of, too. */
function glancedElsewhere(change, { mode, isOfForm }) {
  const { sources = {} } = change;
  const id = brandId.value;
  const shown = [...new Set(frames.value.map((frame) => frame.brand))].filter((one) => one && one !== id);
  return shown.map(async (other) => {
    const isRead = ([path]) => fileAt(brand.value, path)?.readers?.includes(other);
    const theirs = Object.entries(sources).filter(isRead);
    if (!theirs.length) return;
    const answer = await api.glanceAtBrand(other, { sources: Object.fromEntries(theirs) }, mode).catch(() => null);
    if (!answer || !Object.keys(answer.sheets).length || isOver(id, change, { isOfForm })) return;
    others.add(other);
    await paintDraft(other, answer.sheets);
  });
}

async function drawn(id, change, { isOfForm }) {
  if (isNothing(id, change)) return;
  let answer;
  try {
    answer = await api.draftBrand(id, change);
  } catch {
    return; // the frames keep what they show; saving says what is wrong
  }
  if (isOver(id, change, { isOfForm })) return;
  batch(() => {
    drafted.value = { diagnostics: answer.diagnostics ?? [], contrast: answer.contrast };
  });
  paintDraft(id, answer.sheets);
}

/** Shows again what is saved. */
export function dropDraft() {
  isWanted = false;
  drafted.value = null;
  for (const id of [brandId.value, ...others]) paintDraft(id, null);
  others.clear();
}

/** What is saved is what the drafts showed. */
export function forgetDrafts(id) {
  for (const one of [id, ...others]) forgetDraft(one);
  others.clear();
}
