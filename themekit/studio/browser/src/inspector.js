// What was pointed at: its colours and lengths, the tokens they come from, and where each is defined.

import { html } from "./dom.js";
import { IconButton } from "./icons.js";
import { jumpToField, jumpToLine } from "./problems.js";
import { Reason, useReasons } from "./reasons.js";
import { fileAt } from "./sources.js";
import { brand, isInspecting, picked, tokens } from "./store.js";
import { Swatch } from "./swatch.js";
import { isInPlace, placeInFile, placeOf as placeOfToken } from "./token_places.js";
import { computed } from "@preact/signals";

const byProperty = computed(() => new Map(tokens.value.map((token) => [token.property, token])));
const COLOR = /^(#|rgb|hsl|hwb|lab|lch|oklab|oklch|color\()[^,]*(,[^,]*){0,3}$/;

/** The focus does not go away with what had it. */
export function closeInspector() {
  const hadFocus = document.activeElement?.closest(".inspector");
  picked.value = null;
  isInspecting.value = false;
  if (hadFocus) document.querySelector("[data-inspects]").focus();
}

export function Inspector() {
  const found = picked.value;
  return html`
    <aside class="inspector" aria-label="Inspector" onKeyDown=${(event) => event.key === "Escape" && closeInspector()}>
      <header class="inspector-head"><h2>Inspector</h2><${IconButton} icon="close" label="Close the inspector" onClick=${closeInspector} /></header>
      <div aria-live="polite">
        ${found ? html`<${Found} found=${found} />` : html`<p class="muted">Point at anything on the page and click, or move the focus there and press Enter.</p>`}
      </div>
    </aside>
  `;
}

/** The tokens at the ends of the chains: what the others refer to in this mode. */
const lastTokens = ({ properties }) => [
  ...new Set(properties.map(({ chain }) => byProperty.value.get(chain.at(-1))?.name).filter(Boolean)),
];

function Found({ found }) {
  const reasons = useReasons(found.brand, lastTokens(found));
  return html`
  <p class="picked-element"><code>${found.element}</code></p>
  ${found.brand !== brand.value.id && html`<p class="muted">This frame shows ${found.brand}; the places below are those of ${brand.value.id}.</p>`}
  ${!found.properties.length && html`<p class="muted">No token colours it.</p>`}
  <ul class="found">
    ${found.properties.map((property) => html`<${Property} key=${property.property} property=${property} reasons=${reasons} scheme=${found.scheme} />`)}
  </ul>
`;
}

function Property({ property: { property, value, chain }, reasons, scheme }) {
  const links = chain.map((name) => ({ name, token: byProperty.value.get(name) }));
  const shown = links.map((link, at) => ({ ...link, isLast: placeOf(link.token) !== placeOf(links[at + 1]?.token) }));
  return html`
    <li class="found-property">
      <p class="found-head"><strong>${property}</strong></p>
      <p class="found-value">${COLOR.test(value) && html`<${Swatch} color=${value} />`}<code>${value}</code></p>
      ${shown.length
        ? html`<ol class="chain">${shown.map((link) => html`<${Link} key=${link.name} ...${link} scheme=${scheme} reason=${reasons[link.token?.name]?.[scheme]} />`)}</ol>`
        : html`<p class="muted">not from a token</p>`}
    </li>
  `;
}

const placeOf = (token) => (token?.source ? `${token.source.path}:${token.source.line}` : JSON.stringify(token?.from ?? null));

/** One custom property on the way from the element to a value; the place that defines it follows the last that is defined there. */
function Link({ name, token, isLast, reason, scheme }) {
  if (!token) return html`<li class="chain-link"><code>${name}</code></li>`;
  const { source, from = [] } = token;
  const place = placeInFile(token, scheme) ?? placeInFile(token);
  const isHere = source?.pointer && source.path === brand.value.path;
  const targets = from.length ? from : isHere ? [source.pointer] : place && !isInPlace() ? [place] : [];
  return html`
    <li class="chain-link is-token">
      ${token.type === "color" && html`<${Swatch} color=${token.values[scheme] ?? token.values.light} />`}
      <button type="button" class="link" onClick=${() => jumpToField(placeOfToken(token))}>${token.name}</button>
      ${isLast && html`
        <span class="places">
          ${targets.map((pointer) => html`
            <button type="button" class="button is-small" key=${pointer} onClick=${() => jumpToField(pointer)}>Edit ${pointer === place ? token.name : pointer.slice(1).replaceAll("/", ".")}</button>`)}
          ${source && html`<${Place} source=${token.written?.[scheme] ?? source} />`}
        </span>`}
      <div class="reason-place" aria-live="off"><${Reason} reason=${reason} /></div>
    </li>
  `;
}

const Place = ({ source }) => {
  const text = `${source.path}:${source.line}`;
  if (!fileAt(brand.value, source.path)) return html`<code>${text}</code>`;
  return html`<button type="button" class="link is-place" onClick=${() => jumpToLine(source.line, source.column, source.path)}>${text}</button>`;
};
