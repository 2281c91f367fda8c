// What comes through the gateway that runs on this machine, each second while the page looks.

import { useEffect, useState } from "preact/hooks";
import { html } from "../dom.js";
import { act } from "./actions.js";
import * as calls from "./calls.js";
import { policy } from "./state.js";

const MAX_TICKS = 300;
const SHOWN = 120; // seconds in the picture
const [WIDTH, HEIGHT] = [480, 80];
const REFUSALS = { token: "no good token", rule: "not allowed", limit: "limit reached" };

export function Usage() {
  const [state, setState] = useState(null);
  const [ticks, setTicks] = useState([]);
  useEffect(
    () =>
      calls.watchUsage((event) => {
        setState(event);
        setTicks((before) => {
          const known = event.isRunning && before.length && event.brand !== before[0].brand ? [] : before;
          const latest = known.at(-1)?.time_s ?? 0;
          const fresh = event.ticks.filter(({ time_s }) => time_s > latest).map((one) => ({ ...one, brand: event.brand }));
          return fresh.length || known !== before ? [...known, ...fresh].slice(-MAX_TICKS) : before;
        });
      }),
    [],
  );
  if (!state) return html`<h2>Live</h2><p class="muted" role="status">Looking…</p>`;
  const { id, version } = policy.value;
  const start = () => {
    setTicks([]);
    act(() => calls.startGateway(id), "The gateway starts");
  };
  return html`
    <h2>Live</h2>
    <p>${state.isRunning ? `The gateway of ${state.brand} runs on this machine${state.url ? `, at ${state.url}` : ": it starts"}. Nothing else can reach it.` : "No gateway runs from here."}</p>
    ${state.error && html`<p class="inline-problem is-error" role="alert">${state.error}</p>`}
    <p class="actions">
      ${state.isRunning
        ? html`<button type="button" class="button" onClick=${() => act(calls.stopGateway, "The gateway has ended")}>Stop</button>`
        : html`<button type="button" class="button is-primary" disabled=${!version} onClick=${start}>Run the published policy of ${id}</button>`}
    </p>
    ${state.tokens.length > 0 && html`<details class="try"><summary>Call it</summary>
      <p class="muted">The keys of issuers are replaced by test keys: these tokens are good here, and nowhere else.</p>
      ${state.tokens.map(({ issuer, token }) => html`<pre key=${issuer} tabindex="0" role="region" aria-label=${`A call with a token of ${issuer}`}>curl -i -H "Host: ${state.host}" -H "Authorization: Bearer ${token}" ${state.url}/…</pre>`)}
    </details>`}
    ${ticks.length > 0 && html`<${Numbers} ticks=${ticks} /><${Consumers} consumers=${state.consumers} />`}
  `;
}

const sum = (ticks, pick) => ticks.reduce((all, one) => all + pick(one), 0);

function Numbers({ ticks }) {
  const shown = ticks.slice(-SHOWN);
  const last = ticks.at(-1);
  const total = sum(ticks, (one) => one.requests);
  const statuses = Object.keys(last.statuses).map((name) => [name, sum(ticks, (one) => one.statuses[name])]);
  const refusals = Object.keys(last.refusals).map((name) => [REFUSALS[name] ?? name, sum(ticks, (one) => one.refusals[name])]);
  const rate = last.requests / last.seconds;
  return html`
    <${Curve} ticks=${shown} />
    <dl class="figures">
      <div><dt>Requests a second</dt><dd>${rate.toFixed(1)}</dd></div>
      <div><dt>Requests shown</dt><dd>${total}</dd></div>
      ${["50", "95", "99"].map((one) => html`<div key=${one}><dt>p${one}</dt><dd>${one in last.quantiles_ms ? `${last.quantiles_ms[one].toFixed(1)} ms` : "–"}</dd></div>`)}
    </dl>
    <div class="beside">
      <${Counts} caption="Answers by status" head="Status" rows=${statuses} />
      <${Counts} caption="Refused by the gateway" head="Why" rows=${refusals} />
    </div>
  `;
}

/** Requests a second as a line; the same in words for who does not see it. */
function Curve({ ticks }) {
  const rates = ticks.map((one) => one.requests / one.seconds);
  const most = Math.max(1, ...rates);
  const points = rates.map((rate, at) => `${(WIDTH * (SHOWN - rates.length + at + 1)) / SHOWN},${HEIGHT - 2 - (HEIGHT - 4) * (rate / most)}`).join(" ");
  return html`
    <svg class="curve" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${`Requests a second in the last ${ticks.length} seconds, at most ${most.toFixed(1)}`}>
      <polyline points=${points} />
    </svg>
  `;
}

const Counts = ({ caption, head, rows }) => html`
  <table class="table is-boxed">
    <caption>${caption}</caption>
    <thead><tr><th scope="col">${head}</th><th scope="col">Requests</th></tr></thead>
    <tbody>${rows.map(([name, count]) => html`<tr key=${name}><th scope="row">${name}</th><td>${count}</td></tr>`)}</tbody>
  </table>
`;

function Consumers({ consumers }) {
  if (!consumers) return html`<p class="muted">The policy's log has no consumers, or redacts them.</p>`;
  if (!consumers.length) return html`<p class="muted">Who calls is known up to ten seconds later: Envoy writes its log in pieces.</p>`;
  return html`
    <table class="table is-boxed">
      <caption>Top consumers</caption>
      <thead><tr><th scope="col">Consumer</th><th scope="col">Requests</th><th scope="col">Refused</th></tr></thead>
      <tbody>${consumers.map((one) => html`<tr key=${one.name}><th scope="row">${one.name}</th><td>${one.requests}</td><td>${one.refused}</td></tr>`)}</tbody>
    </table>
  `;
}
