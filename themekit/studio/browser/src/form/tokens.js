// The design tokens, all of them, by group: what they are now, where they come from, and an override for any.

import { useComputed, useSignalEffect } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import { html } from "../dom.js";
import { edit } from "../editing.js";
import { Icon } from "../icons.js";
import { get, isWithin, join } from "../pointer.js";
import { InlineProblems, jumpToField, jumpToLine, pointerOf } from "../problems.js";
import { ReasonsByMode } from "../reasons.js";
import { brand, diagnostics, jump, tokens, value, valueAt } from "../store.js";
import { Swatch } from "../swatch.js";
import { words } from "../words.js";
import { ColorControl } from "./color_control.js";
import { useJump } from "./field.js";
import { LengthControl } from "./length.js";
import { useTyped } from "./simple.js";

const MODES = [["dark", "Dark"], ["light-contrast", "Light, high contrast"], ["dark-contrast", "Dark, high contrast"]];
const opened = new Set();

/** The brand's file holds the tokens, or none: an override can be written there. Where it names files, only in these. */
const isInPlace = () => {
  const written = get(value.value, "/tokens");
  return written === undefined || (typeof written === "object" && !Array.isArray(written) && typeof written?.resolver !== "string");
};

const groupOf = (name) => {
  const parts = name.split(".");
  return parts.length > 2 ? `${parts[0]}.${parts[1]}` : parts[0];
};

/** The token that a pointer leads into, if any. */
const tokenAt = (pointer) => tokens.value.find(({ name }) => isWithin(pointer, pointerOf(name)));

export function Tokens() {
  const [query, setQuery] = useState("");
  const [isOwnOnly, setOwnOnly] = useState(false);
  const needle = query.trim().toLowerCase();
  const shown = tokens.value.filter(
    (token) => (!needle || `${token.name} ${token.description ?? ""}`.toLowerCase().includes(needle)) && (!isOwnOnly || isOverridden(token)),
  );
  const groups = new Map();
  for (const token of shown) groups.set(groupOf(token.name), [...(groups.get(groupOf(token.name)) ?? []), token]);
  const isNarrowed = needle !== "" || isOwnOnly;
  return html`
    <div class="find"><${Icon} name="search" />
      <input type="search" class="input" aria-label="Find a token" placeholder=${`Find among ${tokens.value.length} tokens`} value=${query} onInput=${(event) => setQuery(event.target.value)} />
      <label class="check"><input type="checkbox" checked=${isOwnOnly} onChange=${(event) => setOwnOnly(event.target.checked)} />Own</label>
    </div>
    ${[...groups].map(([name, members]) => html`<${Group} key=${name} name=${name} members=${members} isNarrowed=${isNarrowed} />`)}
    ${!shown.length && html`<p class="blank">${isOwnOnly && !needle ? "This brand has no tokens of its own yet." : "No token is named so."}</p>`}
  `;
}

const isOverridden = ({ name, own }) => (isInPlace() ? valueAt(pointerOf(name)) !== undefined : own);

function Group({ name, members, isNarrowed }) {
  const [isOpen, setOpen] = useState(opened.has(name));
  const show = (open) => {
    if (open) opened.add(name);
    else opened.delete(name);
    setOpen(open);
  };
  useSignalEffect(() => {
    const target = jump.value?.pointer;
    const token = target?.startsWith("/tokens/") && tokenAt(target);
    if (token && groupOf(token.name) === name) show(true);
  });
  const isShown = isOpen || isNarrowed;
  const id = `tokens-${name.replace(/\W/g, "-")}`;
  const swatches = members.filter(({ type }) => type === "color").slice(0, 12);
  return html`
    <section class="section">
      <h2 class="section-head">
        <button type="button" aria-expanded=${isShown ? "true" : "false"} aria-controls=${id} onClick=${() => show(!isOpen)}>
          <${Icon} name=${isShown ? "down" : "right"} size="14" /><span>${name.split(".").map(words).join(" · ")}</span>
          <span class="section-note swatches">${swatches.map((token) => html`<${Swatch} key=${token.name} color=${token.values.light} size="is-tiny" />`)}</span>
          <span class="count">${members.length}</span>
        </button>
      </h2>
      <div id=${id} class="section-body is-tokens" hidden=${!isShown}>
        ${isShown && members.map((token) => html`<${Token} key=${token.name} token=${token} />`)}
      </div>
    </section>
  `;
}

function Token({ token }) {
  const [isOpen, setOpen] = useState(opened.has(token.name));
  const pointer = pointerOf(token.name);
  const isOwn = useComputed(() => isInPlace() && get(value.value, pointer) !== undefined).value;
  const show = (open) => {
    if (open) opened.add(token.name);
    else opened.delete(token.name);
    setOpen(open);
  };
  useSignalEffect(() => {
    const target = jump.value?.pointer;
    if (target && isWithin(target, pointer)) {
      show(true);
      if (target === pointer) jump.value = { pointer: `${pointer}/$value` };
    }
  });
  const short = token.name.split(".").slice(groupOf(token.name).split(".").length).join(".") || token.name;
  const problems = useComputed(() => diagnostics.value.filter((one) => one.pointer && isWithin(one.pointer, pointer)).length).value;
  const id = `token-${token.name.replace(/\W/g, "-")}`;
  return html`
    <div class=${isOwn ? "token is-own" : "token"}>
      <button type="button" class="token-head" aria-expanded=${isOpen ? "true" : "false"} aria-controls=${id} onClick=${() => show(!isOpen)}>
        ${token.type === "color" && html`<span class="pair"><${Swatch} color=${token.values.light} /><${Swatch} color=${token.values.dark} /></span>`}
        <span class="token-name">${short}</span>
        ${(isOwn || token.own) && html`<span class="tag">own</span>`}
        ${problems > 0 && html`<span class="badge is-warning">${problems}</span>`}
        <span class="token-value">${token.references?.light ?? token.values.light}</span>
      </button>
      <div id=${id} class="token-body" hidden=${!isOpen}>${isOpen && html`<${TokenEditor} token=${token} pointer=${pointer} isOwn=${isOwn} />`}</div>
    </div>
  `;
}

function TokenEditor({ token, pointer, isOwn }) {
  const override = () => {
    edit(pointer, { $type: token.type, $value: parsed(token.values.light, token.type) });
    jump.value = { pointer: `${pointer}/$value` };
  };
  const source = token.source;
  return html`
    ${token.description && html`<p class="muted">${token.description}</p>`}
    <p class="muted">
      <code>${token.property}</code>${" – "}
      ${isOwn || token.own ? "the brand's own" : token.from?.length ? html`made from ${token.from.map((seed) => html`<button type="button" class="link" key=${seed} onClick=${() => jumpToField(seed)}>${seed}</button> `)}` : "a default"}
      ${source && (source.path === brand.value.path
        ? html` <button type="button" class="link" onClick=${() => jumpToLine(source.line, source.column)}>${source.path}:${source.line}</button>`
        : html` <code>${source.path}:${source.line}</code>`)}
    </p>
    <${ReasonsByMode} id=${brand.value.id} name=${token.name} />
    ${isOwn
      ? html`
          <${TokenValue} label=${token.name} type=${token.type} pointer=${`${pointer}/$value`} />
          ${MODES.map(([mode, name]) => html`<${ModeValue} key=${mode} token=${token} mode=${mode} name=${name} pointer=${join(pointer, "$extensions", "themekit", "modes", mode)} />`)}
          <button type="button" class="button is-small" onClick=${() => edit(pointer, undefined)}><${Icon} name="trash" />Remove the override</button>
        `
      : isInPlace()
        ? html`<button type="button" class="button is-small" onClick=${override}><${Icon} name="plus" />Override</button>`
        : html`<p class="muted">The tokens of this brand stand in files: change it there.</p>`}
    <${InlineProblems} pointer=${pointer} id=${`problems-${token.name}`} />
  `;
}

/** A value to start an override from: CSS text where DTCG writes the same, else a plausible one. */
function parsed(text, type) {
  if (type === "number" || type === "fontWeight") return Number(text) || 400;
  return text;
}

function ModeValue({ token, mode, name, pointer }) {
  const own = useComputed(() => valueAt(pointer)).value;
  if (own === undefined) {
    return html`<button type="button" class="link is-mode" onClick=${() => edit(pointer, parsed(token.values[mode], token.type))}>Another value for ${name.toLowerCase()}</button>`;
  }
  return html`
    <div class="field"><div class="field-head"><span class="label">${name}</span>
      <button type="button" class="link" onClick=${() => edit(pointer, undefined)}>Remove</button></div>
      <${TokenValue} label=${`${token.name}, ${name.toLowerCase()}`} type=${token.type} pointer=${pointer} />
    </div>
  `;
}

function TokenValue({ label, type, pointer }) {
  const root = useRef(null);
  const own = useComputed(() => valueAt(pointer)).value;
  const id = `value${pointer.replace(/\W/g, "-")}`;
  useJump(pointer, root);
  const isReference = typeof own === "string" && own.startsWith("{");
  const common = { id, label, pointer, value: own, fallback: "", describedBy: `${id}-problems` };
  const control =
    type === "color" && !isReference ? html`<${ColorControl} ...${common} />` : type === "dimension" && !isReference ? html`<${LengthControl} ...${common} />` : html`<${JsonControl} ...${common} />`;
  return html`<div ref=${root}>${control}<${InlineProblems} pointer=${pointer} id=${`${id}-problems`} /></div>`;
}

/** Any other value, as JSON; a text that is no JSON is the string itself. */
function JsonControl({ id, label, pointer, value: own, describedBy }) {
  const text = typeof own === "string" ? own : JSON.stringify(own, null, 1);
  const typed = useTyped(text, { pointer });
  const onBlur = (event) => {
    const next = event.target.value.trim();
    typed.end();
    if (next !== text) edit(pointer, next === "" ? undefined : read(next));
  };
  return html`<textarea id=${id} class="input is-code" rows=${Math.min(8, text.split("\n").length)} aria-label=${label} aria-describedby=${describedBy} spellcheck=${false}
    value=${typed.shown} onInput=${(event) => typed.begin(event.target.value)} onBlur=${onBlur}></textarea>`;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
