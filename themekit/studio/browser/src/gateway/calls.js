// The admin's API as functions. Each write names the session's token, which only this page knows.

import { ApiError, replaceCalls, request } from "../api.js";
import { checked, policies, policy, running, session, shownAs, take } from "./state.js";

const BASE = "/api/admin";
const policyPath = (id, rest = "") => `${BASE}/policies/${encodeURIComponent(id)}${rest}`;

/** A request of somebody who is logged in; whoever is not any more has to log in again. */
async function ask(method, path, options = {}) {
  try {
    return await request(method, path, { ...options, token: method === "GET" ? undefined : session.value?.token });
  } catch (error) {
    if (error.status === 401 && error.body.error === "login-needed") session.value = null;
    throw error;
  }
}

export const readSession = () => request("GET", `${BASE}/session`);
export const login = (name, password) => request("POST", `${BASE}/login`, { body: { name, password } });
/** The name of the provider that sends users, too; empty if there is none. */
export const readProvider = () => request("GET", `${BASE}/oidc`);
/** Where to go to log in there. */
export const beginAtProvider = () => request("POST", `${BASE}/oidc/begin`, { body: {} });
/** A session for what the provider sent back: `{state, code, error, issuer}`. */
export const finishAtProvider = (returned) => request("POST", `${BASE}/oidc/finish`, { body: returned });
export const logout = () => ask("POST", `${BASE}/logout`, { body: {} });
export const readSchema = () => ask("GET", `${BASE}/schema`);
export const readPolicies = () => ask("GET", `${BASE}/policies`);
export const readPolicy = (id) => ask("GET", policyPath(id));
export const readVersion = (id, number) => ask("GET", policyPath(id, `/versions/${number}`));
export const readAudit = () => ask("GET", `${BASE}/audit`);
export const readTrial = () => ask("GET", `${BASE}/trial`);
const check = (id, change) => ask("POST", policyPath(id, "/check"), { body: change });
const post = (id, rest, body = {}, version) => ask("POST", policyPath(id, rest), { body, version });

export const discardDraft = (id, seen) => post(id, "/draft/discard", {}, seen);
export const submit = (id, seen, reason) => post(id, "/submissions", { reason }, seen);
export const withdraw = (id, number) => post(id, `/submissions/${number}/withdraw`);
export const attack = (id, number) => post(id, `/submissions/${number}/attack`);
export const approve = (id, number, change) => post(id, `/submissions/${number}/approve`, { change });
export const publish = (id, number, change, seen) => post(id, `/submissions/${number}/publish`, { change }, seen || "none");
export const restore = (id, number, reason) => post(id, `/versions/${number}/restore`, { reason });

/** The form writes drafts of policies by what it takes for brands' files. */
export function editPolicies() {
  replaceCalls({
    async readBrand(id) {
      const found = await readPolicy(id);
      take(found);
      return shownAs(found);
    },
    async writeBrand(id, version, change) {
      try {
        const found = await ask("PUT", policyPath(id, "/draft"), { body: change, version });
        take(found);
        return shownAs(found);
      } catch (error) {
        if (error.status !== 412) throw error;
        const found = await readPolicy(id);
        take(found);
        throw new ApiError(412, shownAs(found));
      }
    },
    async draftBrand(id, change) {
      const found = await check(id, change);
      checked.value = found;
      return { sheets: {}, diagnostics: found.diagnostics, contrast: null };
    },
    glanceAtBrand: async () => ({ sheets: {} }),
    async checkText(text) {
      const found = await check(policy.value.id, { text });
      checked.value = found;
      return found;
    },
  });
}

export const readUsage = () => ask("GET", `${BASE}/usage`);
export const startGateway = (id) => ask("POST", `${BASE}/usage/start/${encodeURIComponent(id)}`, { body: {} });
export const stopGateway = () => ask("POST", `${BASE}/usage/stop`, { body: {} });

/** Tells of each second; the function that is given back ends it. */
export function watchUsage(onEvent) {
  const source = new EventSource(`${BASE}/usage/stream`);
  source.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  return () => source.close();
}

/** Asks how far the attacks are until they are over. */
export async function followTrial() {
  for (;;) {
    running.value = (await readTrial()).running;
    if (!running.value || running.value.isOver) break;
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
  if (policy.value) take(await readPolicy(policy.value.id));
}

export async function refreshPolicies() {
  policies.value = (await readPolicies()).policies;
}
