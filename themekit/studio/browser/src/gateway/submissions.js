// Submissions: what they change, what is in the way, and the buttons of those who may go on with them.

import { html, prose } from "../dom.js";
import { Icon } from "../icons.js";
import { approve, attack, publish, withdraw } from "./actions.js";
import { Changes } from "./changes.js";
import { can, policy, running } from "./state.js";

export function Submissions() {
  const all = policy.value.submissions;
  const open = all.filter((one) => one.progress === "open");
  const over = all.filter((one) => one.progress !== "open");
  return html`
    <h2>Submissions</h2>
    ${!open.length && html`<p class="muted">Nothing waits to be published.</p>`}
    ${open.map((one) => html`<${Open} key=${one.number} one=${one} />`)}
    ${over.length > 0 && html`<h3>Before</h3><ul class="past">${over.map((one) => html`<li key=${one.number}><${About} one=${one} /> <em class="tag">${one.progress}</em></li>`)}</ul>`}
  `;
}

const About = ({ one }) => html`
  <span>Submission ${one.number}${one.restores ? `, back to version ${one.restores}` : ""}, by ${one.authors.join(", ")}, ${timeOf(one.time)}${one.reason ? `: ${one.reason}` : ""}</span>
`;

export const timeOf = (text) => new Date(text).toLocaleString();

function Open({ one }) {
  const title = `submission-${one.number}`;
  const isTesting = running.value && !running.value.isOver;
  const has = (error) => one.obstacles.some((each) => each.error === error);
  return html`
    <article class="submission" aria-labelledby=${title}>
      <h3 id=${title}>Submission ${one.number}${one.isWeaker && html` <em class="tag is-weaker">weakens</em>`}</h3>
      <p><${About} one=${one} /></p>
      <${Changes} changes=${one.changes} level=${4} />
      <h4>Attacks</h4>
      <${Trial} one=${one} />
      <h4>In the way</h4>
      ${one.obstacles.length
        ? html`<ul class="obstacles">${one.obstacles.map((each) => html`<li key=${each.error}><${Icon} name="warning" />${prose(each.message)}</li>`)}</ul>`
        : html`<p class="good"><${Icon} name="check" />Nothing: it can be published.</p>`}
      ${one.approvers.length > 0 && html`<p>Approved by ${one.approvers.join(", ")}.</p>`}
      <p class="actions">
        <button type="button" class="button" disabled=${isTesting} onClick=${() => attack(one.number)}>Run the attacks<${On} one=${one} /></button>
        ${can("reviewer", "publisher") && html`
          <button type="button" class="button" disabled=${one.againstApproval.length > 0} aria-describedby=${`${title}-approval`} onClick=${() => approve(one)}>Approve<${On} one=${one} /></button>`}
        ${can("publisher") && html`
          <button type="button" class="button is-primary" disabled=${one.obstacles.length > 0} onClick=${() => publish(one)}>Publish<${On} one=${one} /></button>`}
        <button type="button" class="button" onClick=${() => withdraw(one)}>Withdraw<${On} one=${one} /></button>
      </p>
      <p class="muted" id=${`${title}-approval`}>${can("reviewer", "publisher") && has("approval-needed") ? one.againstApproval.map((each) => each.message).join("; ") : ""}</p>
    </article>
  `;
}

/** Which one a button is for, to those who do not see where it stands. */
const On = ({ one }) => html`<span class="unseen"> ${`of submission ${one.number}`}</span>`;

function Trial({ one }) {
  const now = running.value;
  if (now && now.brand === policy.value.id && now.number === one.number && (!now.isOver || now.error)) {
    if (now.error) return html`<p class="inline-problem is-error" role="status"><${Icon} name="error" />${now.error}</p>`;
    return html`<p role="status">${now.done} of ${now.total || "…"} attacks, ${now.through} got through</p><progress aria-label="Attacks" max=${now.total || 1} value=${now.done}></progress>`;
  }
  if (!one.trial) return html`<p class="muted">Not run on exactly this policy.</p>`;
  const { stopped, through, skipped, actor, time, faults } = one.trial;
  return html`
    <p>${stopped} answered as the policy means, ${through} not, ${skipped} skipped; run by ${actor}, ${timeOf(time)}.</p>
    ${faults.length > 0 && html`<ul class="obstacles">${faults.map((each) => html`<li key=${each}><${Icon} name="error" />${each}</li>`)}</ul>`}
  `;
}
