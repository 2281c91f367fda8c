// Edits that are not saved, painted: at most one request is under way, and of those that wait only the newest is sent.
// What is wrong with an edit, and its contrast, take several times as long as its colours: they come when a drag rests.

import { batch } from "@preact/signals";
import * as api from "./api.js";
import { paintDraft } from "./channel.js";
import { brand, brandId, drafted, look, pending } from "./store.js";

const REST_MS = 120; // without another edit: a hand that moves slowly has several frames between two

let isUnderWay = false;
let isWanted = false;
let goOn = () => {};

/** Asks for the draft of what is pending, now or when the one under way has come back. */
export async function requestDraft(change) {
  isWanted = change ?? true;
  goOn();
  if (isUnderWay) return;
  isUnderWay = true;
  try {
    while (isWanted) {
      const wanted = isWanted === true ? { edits: pending.value } : isWanted;
      isWanted = false;
      await glanced(brandId.value, wanted);
      if (!isWanted) await rest();
      if (!isWanted) await drawn(brandId.value, wanted);
    }
  } finally {
    isUnderWay = false;
  }
}

/** Until nothing was edited for a moment, or something is. */
const rest = () =>
  new Promise((done) => {
    goOn = done;
    setTimeout(done, REST_MS);
  });

const isNothing = (id, change) => !id || change.edits?.length === 0;
/** It is for another brand, or in the file by now. */
const isOver = (id, change) => id !== brandId.value || (change.edits ? !pending.value.length : change.text === brand.value.text);

async function glanced(id, change) {
  if (isNothing(id, change)) return;
  const answer = await api.glanceAtBrand(id, change, look.value.scheme).catch(() => null);
  if (answer && Object.keys(answer.sheets).length && !isOver(id, change)) paintDraft(id, answer.sheets);
}

async function drawn(id, change) {
  if (isNothing(id, change)) return;
  let answer;
  try {
    answer = await api.draftBrand(id, change);
  } catch {
    return; // the frames keep what they show; saving says what is wrong
  }
  if (isOver(id, change)) return;
  batch(() => {
    drafted.value = { diagnostics: answer.diagnostics ?? [], contrast: answer.contrast };
  });
  paintDraft(id, answer.sheets);
}

/** Shows again what is saved. */
export function dropDraft() {
  isWanted = false;
  drafted.value = null;
  paintDraft(brandId.value, null);
}
