// What buttons do: one thing at a time, its failure told, the policy shown as it is afterwards.

import { batch } from "@preact/signals";
import { commit } from "../editing.js";
import { announce, brand, pending, saving } from "../store.js";
import * as calls from "./calls.js";
import { failure, policy, show, take, view } from "./state.js";

/** Does it; false if the server refused. What it answers is shown. */
export async function act(work, said) {
  failure.value = "";
  try {
    const found = await work();
    if (found?.versions) {
      if (pending.value.length) take(found);
      else show(found);
    }
    if (said) announce(said);
    await calls.refreshPolicies();
    return found ?? true;
  } catch (error) {
    failure.value = error.message;
    announce(`Not done: ${error.message}`);
    if (error.status === 412 && policy.value) await calls.readPolicy(policy.value.id).then(take, () => {});
    return false;
  }
}

let opening = ""; // the policy that was asked for last

/** Makes a policy the one that is shown, unless another was asked for before it could be read. */
export async function openPolicy(id) {
  opening = id;
  failure.value = "";
  const found = await calls.readPolicy(id);
  if (opening !== id) return;
  batch(() => {
    pending.value = [];
    saving.value = "";
    policy.value = null;
    show(found);
  });
  history.replaceState(null, "", `#brand=${encodeURIComponent(id)}`);
  document.title = `${id} – gateway – themekit Studio`;
}

/** Writes the draft. */
export async function save() {
  failure.value = "";
  await commit();
  if (saving.value === "failed") failure.value = "The draft could not be saved: the text has mistakes, or the server refused it.";
  await calls.refreshPolicies().catch(() => {});
}

export async function throwAway() {
  pending.value = [];
  const { draft } = policy.value;
  if (!draft) return show(policy.value);
  await act(() => calls.discardDraft(policy.value.id, draft.digest), "The draft is gone");
  return undefined;
}

export async function submitDraft(reason) {
  if (pending.value.length) await save();
  const { id, draft } = policy.value;
  if (!draft || pending.value.length) return false;
  const done = await act(() => calls.submit(id, draft.digest, reason), "Submitted");
  if (done) view.value = "submissions";
  return done;
}

export async function attack(number) {
  const begun = await act(() => calls.attack(policy.value.id, number), "The attacks have begun");
  if (begun) await act(calls.followTrial, "The attacks are over");
}

export const approve = (one) => act(() => calls.approve(policy.value.id, one.number, one.change), `Approved submission ${one.number}`);
export const withdraw = (one) => act(() => calls.withdraw(policy.value.id, one.number), `Withdrew submission ${one.number}`);
export const publish = (one) => act(() => calls.publish(policy.value.id, one.number, one.change, policy.value.version), "Published");

/** Back to an older version: asked for, attacked where that was not done for it, and published if nothing is in the way. */
export async function rollBack(number, reason) {
  const asked = await act(() => calls.restore(policy.value.id, number, reason), `Version ${number} is submitted`);
  if (!asked) return;
  view.value = "submissions";
  const own = () => policy.value.submissions.find((one) => one.number === asked.done);
  if (own()?.obstacles?.some((one) => one.error === "not-attacked")) await attack(asked.done);
  if (own()?.obstacles?.length === 0) await publish(own());
}

export const isChanged = () => pending.value.length > 0 || Boolean(policy.value?.draft);
export const nameOf = () => brand.value?.id ?? "";
