// Where the page on policies starts: who is logged in, then the policy of a brand.

import { h, render } from "preact";
import { html } from "../dom.js";
import { startDrops } from "../drops.js";
import { startFocus } from "../focus.js";
import { hasUnsavedText } from "../source_panel.js";
import { pending, project } from "../store.js";
import { openPolicy } from "./actions.js";
import * as calls from "./calls.js";
import { Desk } from "./desk.js";
import { Login } from "./login.js";
import { failure, loginHint, loginRefusal, policies, session } from "./state.js";

async function begin() {
  const { schema } = await calls.readSchema();
  project.value = {
    schema,
    sections: [],
    fonts: [],
    brands: [],
    form: { label: "Fields of the policy", title: "General", note: "API, targets, and what holds for all routes" },
  };
  await calls.refreshPolicies();
  const wanted = new URLSearchParams(location.hash.slice(1)).get("brand");
  const known = policies.value.map(({ id }) => id);
  const first = policies.value.find((one) => one.hasPolicy)?.id ?? known[0];
  if (first) await openPolicy(known.includes(wanted) ? wanted : first);
}

/** After a login, whose form has gone by then. */
const beginOrSay = () => begin().catch((error) => (failure.value = error.message));

function Page() {
  if (session.value === undefined) return html`<${Loading} text="Opening…" />`;
  if (session.value === null) return html`<${Login} onDone=${beginOrSay} />`;
  if (!project.value) return html`<${Loading} text=${failure.value || "Reading the policies…"} />`;
  return html`<${Desk} />`;
}

const Loading = ({ text }) => html`
  <main class="loading"><h1 class="unseen">Gateway policies</h1><p role="status">${text}</p></main>
`;

/** What a provider sent back in the address, which then is without it; null if there is nothing. */
function takeReturned() {
  const said = new URLSearchParams(location.hash.slice(1));
  if (!said.has("state")) return null;
  history.replaceState(null, "", location.pathname);
  const [state, code, error, issuer] = ["state", "code", "error", "iss"].map((name) => said.get(name) ?? "");
  return { state, code, error, issuer };
}

/** A session for what a provider sent back, or the one there is. */
async function enter() {
  const returned = takeReturned();
  try {
    if (returned) return await calls.finishAtProvider(returned);
  } catch (error) {
    loginRefusal.value = error.message;
  }
  const found = await calls.readSession();
  loginRefusal.value = ""; // who is logged in already needs nobody else's login
  return found;
}

async function start() {
  calls.editPolicies();
  render(h(Page), document.getElementById("studio"));
  try {
    session.value = await enter();
    await begin();
  } catch (error) {
    if (error.status === 401) {
      loginHint.value = error.body.hasUsers === false ? error.message : "";
      session.value = null;
    } else {
      failure.value = error.message;
      session.value = session.value ?? null;
    }
  }
}

/** What is not saved would be lost with the page. */
addEventListener("beforeunload", (event) => (pending.value.length || hasUnsavedText()) && event.preventDefault());
startFocus();
startDrops();
start();
