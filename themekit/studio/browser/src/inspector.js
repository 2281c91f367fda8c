// What was pointed at: its colours and lengths, the tokens they come from, and where each is defined.

import { html } from "./dom.js";
import { Icon, IconButton } from "./icons.js";
import { jumpToField, jumpToLine } from "./problems.js";
import { brand, picked, tokens } from "./store.js";
import { Swatch } from "./swatch.js";
import { computed } from "@preact/signals";

const byProperty = computed(() => new Map(tokens.value.map((token) => [token.property, token])));
const COLORS = /color|fill|stroke|background|border|outline|shadow/;

export function Inspector() {
  const found = picked.value;
  const isOther = found.brand !== brand.value.id;
  const close = () => (picked.value = null);
  return html`
    <aside class="inspector" aria-label="Inspector" onKeyDown=${(event) => event.key === "Escape" && close()}>
      <header class="inspector-head"><h2>Inspector</h2><${IconButton} icon="close" label="Close the inspector" onClick=${close} /></header>
      <p class="picked-element"><code>${found.element}</code></p>
      ${isOther && html`<p class="muted">This frame shows ${found.brand}; places below are those of ${brand.value.id}.</p>`}
      ${!found.properties.length && html`<p class="muted">No token colours it.</p>`}
      <ul class="found">
        ${found.properties.map((property) => html`<${Property} key=${property.property} property=${property} />`)}
      </ul>
    </aside>
  `;
}

function Property({ property: { property, value, chain } }) {
  return html`
    <li class="found-property">
      <p class="found-head"><span>${property}</span>${COLORS.test(property) && html`<${Swatch} color=${value} />`}<code>${value}</code></p>
      ${chain.length
        ? html`<ol class="chain">${chain.map((name) => html`<${Link} key=${name} name=${name} />`)}</ol>`
        : html`<p class="muted">not from a token</p>`}
    </li>
  `;
}

/** One custom property on the way from the element to a value, with the place that defines it. */
function Link({ name }) {
  const token = byProperty.value.get(name);
  if (!token) return html`<li class="chain-link"><code>${name}</code></li>`;
  const { source, from = [] } = token;
  const targets = source?.pointer ? [source.pointer] : from;
  return html`
    <li class="chain-link is-token">
      ${token.type === "color" && html`<${Swatch} color=${token.values.light} />`}
      <button type="button" class="link" onClick=${() => jumpToField(`/tokens/${token.name.replaceAll(".", "/")}`)}>${token.name}</button>
      <span class="places">
        ${source && html`<${Place} source=${source} />`}
        ${targets.map((pointer) => html`
          <button type="button" class="button is-small" key=${pointer} onClick=${() => jumpToField(pointer)}><${Icon} name="right" size="12" />${pointer.slice(1).replaceAll("/", ".")}</button>
          ${!source && brand.value.origins?.[pointer] && html`<${Place} source=${brand.value.origins[pointer]} />`}
        `)}
      </span>
    </li>
  `;
}

const Place = ({ source }) => {
  const text = `${source.path}:${source.line}`;
  if (source.path !== brand.value.path) return html`<code>${text}</code>`;
  return html`<button type="button" class="link is-place" onClick=${() => jumpToLine(source.line, source.column)}>${text}</button>`;
};
