// What the page on policies knows besides what the form knows: who is logged in, and what is on its way.

import { batch, computed, signal } from "@preact/signals";
import { brand, offered } from "../store.js";

/** `{name, roles, token}`, or null. `undefined` until that is known. */
export const session = signal(undefined);
/** Why there is no session: what the server said. */
export const loginHint = signal("");
/** Why whom a provider sent was not let in. */
export const loginRefusal = signal("");
export const policies = signal([]);
/** All that the server tells of the policy that is shown. */
export const policy = signal(null);
/** What is known of an unsaved draft: `{changes, isWeaker, support, …}`. */
export const checked = signal(null);
export const running = signal(null);
export const view = signal("draft");
export const failure = signal("");

export const can = (...roles) => roles.some((role) => session.value?.roles.includes(role));
export const isAuthor = computed(() => can("author"));

/** A policy as the form shows it: the draft, or what is published. */
export function shownAs(found) {
  const { draft } = found;
  const shown = draft ?? found;
  const { text, value, diagnostics } = shown;
  const start = draft || found.version ? {} : { text: "{}\n", value: {} };
  return { id: found.id, path: found.path, version: draft?.digest ?? "none", text, value, diagnostics, inherited: found.inherited, origins: {}, ...start };
}

/** What the server told of the policy becomes what is shown; of another that was opened meanwhile it does not. */
export function take(found) {
  if (policy.value && policy.value.id !== found.id) return;
  batch(() => {
    policy.value = found;
    checked.value = found.draft;
  });
}

/** The same, in the form too; edits that were not saved are gone. */
export function show(found) {
  if (policy.value && policy.value.id !== found.id) return;
  batch(() => {
    take(found);
    brand.value = shownAs(found);
    offered.value = { note: "" }; // the form keeps edits until somebody saves
  });
}
