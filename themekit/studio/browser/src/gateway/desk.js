// The page of somebody who is logged in: the form at one side, at the other what it comes to and what is on its way.

import { useEffect, useState } from "preact/hooks";
import { useComputed } from "@preact/signals";
import { Tabs } from "../controls.js";
import { html, paint } from "../dom.js";
import { Form } from "../form/form.js";
import { MergeDialog } from "../merge_dialog.js";
import { Problems } from "../problems.js";
import { SourcePanel } from "../source_panel.js";
import { brand, conflict, panelWidth, pending, problemCount, tab } from "../store.js";
import { Toasts } from "../toasts.js";
import { act, openPolicy, save, submitDraft, throwAway } from "./actions.js";
import * as calls from "./calls.js";
import { Changes, Support } from "./changes.js";
import { checked, failure, isAuthor, policies, policy, session, view } from "./state.js";
import { Submissions } from "./submissions.js";
import { Usage } from "./usage.js";
import { Log, Versions } from "./versions.js";

const PANELS = { design: Form, source: SourcePanel, text: Text, problems: Problems };
const OF_AUTHORS = ["design", "source"];
const VIEWS = { draft: Draft, submissions: Submissions, versions: Versions, live: Usage, log: Log };

export function Desk() {
  return html`
    <a class="skip" href="#gateway-view">Skip to the changes</a>
    <${Head} />
    ${failure.value && html`<div class="notice is-error" role="alert"><p>${failure.value}</p><span class="notice-actions"><button type="button" class="button is-small" onClick=${() => (failure.value = "")}>Close</button></span></div>`}
    <div class="work">${brand.value ? html`<${Side} /><${Main} />` : html`<main class="empty"><h2>No brand yet</h2></main>`}</div>
    <${Toasts} />
    ${conflict.value && html`<${MergeDialog} />`}
  `;
}

function Head() {
  const leave = async () => {
    await act(calls.logout);
    session.value = null;
  };
  const choose = (event) => act(() => openPolicy(event.target.value));
  return html`
    <header class="bar">
      <h1 class="bar-title"><span class="bar-mark" aria-hidden="true"></span><span class="bar-name">Gateway</span></h1>
      <label class="unseen" for="policy-brand">Brand</label>
      <select id="policy-brand" class="input is-brand" value=${policy.value?.id} disabled=${pending.value.length > 0} onChange=${choose}>
        ${policies.value.map((one) => html`<option key=${one.id} value=${one.id}>${one.id}${one.hasPolicy ? "" : " (no policy)"}${one.open ? `, ${one.open} submitted` : ""}</option>`)}
      </select>
      <span class="bar-space"></span>
      <p class="who">${session.value.name}, ${session.value.roles.join(", ")}</p>
      <div class="bar-group"><a class="button" href="/">Brands</a><button type="button" class="button" onClick=${leave}>Log out</button></div>
    </header>
  `;
}

function Side() {
  useEffect(() => paint(document.documentElement, { "--panel-width": `${panelWidth.value}px` }), [panelWidth.value]);
  const [count, tone] = problemCount.value.split(" ");
  const tabs = [
    { value: "design", label: "Form" },
    { value: "source", label: "Source" },
    { value: "text", label: "Text" },
    { value: "problems", label: "Problems", badge: count === "0" ? "" : count, tone },
  ].filter(({ value }) => value === "problems" || OF_AUTHORS.includes(value) === isAuthor.value);
  const shown = tabs.some(({ value }) => value === tab.value) ? tab.value : tabs[0].value;
  const Shown = PANELS[shown];
  return html`
    <section class="panel" aria-label="Policy">
      <${Tabs} label="Policy" tabs=${tabs} value=${shown} onChange=${(next) => (tab.value = next)} panelId="panel" />
      <div class="panel-body" key=${`${brand.value.id} ${shown}`} role="tabpanel" id="panel" aria-labelledby=${`panel-${shown}`} tabindex="-1"><${Shown} /></div>
    </section>
  `;
}

/** For those who may not change it. */
function Text() {
  return html`<pre class="policy-text" tabindex="0" role="region" aria-label=${`Text of ${brand.value.path}`}>${brand.value.text}</pre>`;
}

function Main() {
  const open = policy.value.submissions.filter((one) => one.progress === "open").length;
  const tabs = [
    { value: "draft", label: "Changes" },
    { value: "submissions", label: "Submissions", badge: open || "" },
    { value: "versions", label: "Versions" },
    { value: "live", label: "Live" },
    { value: "log", label: "Log" },
  ];
  const Shown = VIEWS[view.value];
  return html`
    <main class="gateway" id="gateway-view" tabindex="-1">
      <${Tabs} label="What is on its way" tabs=${tabs} value=${view.value} onChange=${(next) => (view.value = next)} panelId="view" />
      <div class="gateway-body" role="tabpanel" id="view" aria-labelledby=${`view-${view.value}`} tabindex="0" key=${view.value}><${Shown} /></div>
    </main>
  `;
}

function Draft() {
  const isEdited = useComputed(() => pending.value.length > 0).value;
  const { draft } = policy.value;
  const found = isEdited ? checked.value : draft;
  return html`
    <h2>${draft || isEdited ? "The draft" : "The published policy"}</h2>
    ${draft && html`<p class="muted">Written by ${draft.authors.join(", ")}</p>`}
    ${found && (draft || isEdited) && html`<${Changes} changes=${found.changes} />`}
    ${!draft && !isEdited && html`<p class="muted">${isAuthor.value ? "Change a field: nothing is written before you save, and nothing is in force before it is published." : "An author may change it."}</p>`}
    ${isAuthor.value && html`<${DraftButtons} isEdited=${isEdited} draft=${draft} found=${found} />`}
    <h3>Gateways</h3>
    <${Support} support=${found ? found.support : policy.value.support} />
  `;
}

function DraftButtons({ isEdited, draft, found }) {
  const [reason, setReason] = useState("");
  const onSubmit = async (event) => {
    event.preventDefault();
    if (await submitDraft(reason)) setReason("");
  };
  if (!isEdited && !draft) return null;
  return html`
    <form class="submit" onSubmit=${onSubmit}>
      <label class="stack-field"><span>Reason${found?.isWeaker ? ": needed, as it weakens" : " (optional)"}</span>
        <input class="input" value=${reason} required=${Boolean(found?.isWeaker)} maxlength="2000" onInput=${(event) => setReason(event.target.value)} /></label>
      <p class="actions">
        <button type="button" class="button" disabled=${!isEdited} onClick=${save}>Save the draft</button>
        <button type="submit" class="button is-primary" disabled=${found ? !found.isGood : false}>Submit</button>
        <button type="button" class="button" onClick=${throwAway}>Discard</button>
      </p>
    </form>
  `;
}
