// Changes in words, and what gateways can do: the two things that an author looks at beside the form.

import { html, prose } from "../dom.js";

const HEADS = { weakens: "Weakens: more gets through, is seen or is believed", strengthens: "Strengthens", neutral: "Neutral" };

export function Changes({ changes, level = 3 }) {
  if (!changes) return html`<p class="muted">The policy has errors: what it changes is not known.</p>`;
  if (!changes.length) return html`<p class="muted">No change of meaning.</p>`;
  const Head = `h${level}`;
  return html`
    ${Object.keys(HEADS).map((risk) => {
      const those = changes.filter((one) => one.risk === risk);
      return those.length > 0 && html`
        <section class=${`risk is-${risk}`} key=${risk}>
          <${Head}>${HEADS[risk]}<span class="badge">${those.length}<span class="unseen"> changes</span></span><//>
          <ul>${those.map((one) => html`<li key=${one.area + one.where + one.text}><strong>${one.area}</strong> ${prose(one.where)}: ${prose(one.text)}</li>`)}</ul>
        </section>`;
    })}
  `;
}

/** Every feature that the policy uses, on every gateway. */
export function Support({ support }) {
  if (!support) return html`<p class="muted">The policy has errors: what it asks for is not known.</p>`;
  const used = support.features.filter((one) => one.isUsed);
  return html`
    <div class="table-wrap" tabindex="0" role="region" aria-label="What gateways can do">
      <table class="table">
        <caption class="unseen">What each gateway can do of what the policy uses</caption>
        <thead><tr>
          <th scope="col">Feature</th>
          ${support.gateways.map((one) => html`<th scope="col" key=${one.name}>${one.name}${one.isTarget && html` <em class="tag">target</em>`}<span class="muted verdict">${one.verdict}</span></th>`)}
        </tr></thead>
        <tbody>
          ${used.map((row) => html`
            <tr key=${row.name}>
              <th scope="row">${row.name}</th>
              ${support.gateways.map(({ name }) => html`<${Cell} key=${name} cell=${row.support[name]} />`)}
            </tr>`)}
        </tbody>
      </table>
    </div>
  `;
}

const Cell = ({ cell: { exactness, accepted, why } }) => html`
  <td class=${`is-${exactness}`}>
    ${exactness}${accepted && html` <em class="tag">accepted: ${accepted.form}</em>`}
    ${why && html`<p class="muted">${prose(why)}</p>`}
  </td>
`;
