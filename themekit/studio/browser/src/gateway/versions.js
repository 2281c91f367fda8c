// Versions that were published, each with the way back; and the log of all that was done.

import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../dialog.js";
import { html } from "../dom.js";
import { rollBack } from "./actions.js";
import * as calls from "./calls.js";
import { Changes } from "./changes.js";
import { can, failure, policy } from "./state.js";
import { timeOf } from "./submissions.js";

export function Versions() {
  const [chosen, setChosen] = useState(null);
  const { id, versions } = policy.value;
  const choose = async (number) => {
    failure.value = "";
    try {
      setChosen(await calls.readVersion(id, number));
    } catch (error) {
      failure.value = error.message;
    }
  };
  return html`
    <h2>Versions</h2>
    ${!versions.length && html`<p class="muted">Nothing was published from here yet.</p>`}
    <ol class="past">
      ${versions.map((one) => html`
        <li key=${one.number}>
          <span>Version ${one.number}, ${one.actor ? `by ${one.actor}` : "found in the project"}, ${timeOf(one.time)}${one.restores ? `, back to version ${one.restores}` : ""}${one.actor && one.reason ? `: ${one.reason}` : ""}</span>
          ${one.isCurrent
            ? html`<em class="tag">published</em>`
            : can("author", "publisher") && html`<button type="button" class="button is-small" onClick=${() => choose(one.number)}>Roll back<span class="unseen"> to version ${one.number}</span></button>`}
        </li>`)}
    </ol>
    ${chosen && html`<${RollBack} chosen=${chosen} onClose=${() => setChosen(null)} />`}
  `;
}

function RollBack({ chosen, onClose }) {
  const [reason, setReason] = useState("");
  const onSubmit = (event) => {
    event.preventDefault();
    onClose();
    rollBack(chosen.number, reason);
  };
  return html`
    <${Dialog} title=${`Back to version ${chosen.number}`} onClose=${onClose} wide>
      <form class="stack" onSubmit=${onSubmit}>
        <${Changes} changes=${chosen.changes} />
        <p>${chosen.isWeaker ? "It weakens what is protected, so it waits for somebody else's approval." : "It is attacked, and published if no attack gets through and you are a publisher."}</p>
        <label class="stack-field"><span>Reason${chosen.isWeaker ? "" : " (optional)"}</span>
          <input class="input" value=${reason} required=${chosen.isWeaker} maxlength="2000" onInput=${(event) => setReason(event.target.value)} /></label>
        <div class="dialog-foot"><button type="submit" class="button is-primary" disabled=${!chosen.isGood}>Roll back</button></div>
        ${!chosen.isGood && html`<p class="inline-problem is-error">This version has errors with the API as it is described now.</p>`}
      </form>
    <//>
  `;
}

export function Log() {
  const [found, setFound] = useState(null);
  const [message, setMessage] = useState("");
  useEffect(() => {
    calls.readAudit().then(setFound, (error) => setMessage(error.message));
  }, []);
  if (!found) return html`<h2>Log</h2><p class="muted" role="status">${message || "Reading the log…"}</p>`;
  return html`
    <h2>Log</h2>
    ${found.faults.length
      ? html`<ul class="obstacles">${found.faults.map((each) => html`<li key=${each.line + each.message}>Line ${each.line}: ${each.message}</li>`)}</ul>`
      : html`<p class="good">${found.count} records: none is changed, missing or moved.</p>`}
    <div class="table-wrap" tabindex="0" role="region" aria-label="Records">
      <table class="table">
        <caption class="unseen">What was done, the latest first</caption>
        <thead><tr>${["Number", "Time", "Who", "What", "Brand", "Before", "After", "Reason"].map((head) => html`<th scope="col" key=${head}>${head}</th>`)}</tr></thead>
        <tbody>
          ${found.records.map((one) => html`
            <tr key=${one.number}><th scope="row">${one.number}</th><td>${timeOf(one.time)}</td><td>${one.actor}</td><td>${one.action}</td><td>${one.brand}</td>
              <td><code>${one.before.slice(0, 12)}</code></td><td><code>${one.after.slice(0, 12)}</code></td><td>${one.reason}</td></tr>`)}
        </tbody>
      </table>
    </div>
  `;
}
