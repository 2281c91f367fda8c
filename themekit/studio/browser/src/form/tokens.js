// The design tokens, all of them, by group: what they are now, where they come from, and an override for any.

import { computed, useSignalEffect } from "@preact/signals";
import { useMemo, useRef, useState } from "preact/hooks";
import { html, sentence } from "../dom.js";
import { edit } from "../editing.js";
import { Icon } from "../icons.js";
import { get, isWithin, join, parent } from "../pointer.js";
import { InlineProblems, jumpToField, jumpToLine } from "../problems.js";
import { ReasonsByMode } from "../reasons.js";
import { fileAt, sharersOf, taken } from "../sources.js";
import { brand, diagnostics, jump, nameOf, tokens, value, valueAt } from "../store.js";
import { Swatch } from "../swatch.js";
import { isInPlace, isOf, placeForNew, placeInFile, placeOf, pointerOf, tokenAt } from "../token_places.js";
import { isolated, listed, words } from "../words.js";
import { ColorControl } from "./color_control.js";
import { useJump } from "./field.js";
import { LengthControl } from "./length.js";
import { useTyped } from "./simple.js";

const MODES = [["dark", "Dark"], ["light-contrast", "Light, high contrast"], ["dark-contrast", "Dark, high contrast"]];
const opened = new Set();

/** What signals come to for these inputs: drawn anew when that is another, and not whenever one of the signals is. */
const useValue = (run, inputs) => useMemo(() => computed(run), inputs).value;

const groupOf = (name) => {
  const parts = name.split(".");
  return parts.length > 2 ? `${parts[0]}.${parts[1]}` : parts[0];
};

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

const isOverridden = (token) => (isInPlace() ? valueAt(pointerOf(token.name)) !== undefined : token.own);

function Group({ name, members, isNarrowed }) {
  const [isOpen, setOpen] = useState(opened.has(name));
  const show = (open) => {
    if (open) opened.add(name);
    else opened.delete(name);
    setOpen(open);
  };
  useSignalEffect(() => {
    const target = jump.value?.pointer;
    const token = target && tokenAt(target);
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
  const pointer = useValue(() => placeOf(token), [token]);
  const isEdited = isInPlace() || taken(pointer).path !== "";
  const isOwn = useValue(() => get(value.value, pointer) !== undefined, [pointer]) && isEdited;
  const show = (open) => {
    if (open) opened.add(token.name);
    else opened.delete(token.name);
    setOpen(open);
  };
  useSignalEffect(() => {
    const target = jump.value?.pointer;
    if (!target || !(isOf(token, target) || isWithin(target, pointerOf(token.name)))) return;
    show(true);
    if (target === placeOf(token) || target === pointerOf(token.name)) jump.value = { pointer: `${placeOf(token)}/$value` };
  });
  const short = token.name.split(".").slice(groupOf(token.name).split(".").length).join(".") || token.name;
  const problems = useValue(() => diagnostics.value.filter((one) => one.pointer && isOf(token, one.pointer)).length, [token]);
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

/** A file and line of the brand, as a way there. */
const Place = ({ source }) => {
  const text = `${source.path}:${source.line}`;
  if (!fileAt(brand.value, source.path)) return html` <code>${text}</code>`;
  return html` <button type="button" class="link" onClick=${() => jumpToLine(source.line, source.column, source.path)}>${text}</button>`;
};

/** Whom an edit in a file of several brands changes, too: said before anything is written. */
function Sharers({ path }) {
  const sharers = sharersOf(brand.value, path).map((id) => isolated(nameOf(id)));
  return sharers.length ? html`<p class="shared">${path} also changes ${sentence(listed(sharers))}.</p>` : null;
}

function TokenEditor({ token, pointer, isOwn }) {
  return html`
    ${token.description && html`<p class="muted">${token.description}</p>`}
    <p class="muted">
      <code>${token.property}</code>${" – "}
      ${isOwn || token.own ? "the brand's own" : token.from?.length ? html`made from ${token.from.map((seed) => html`<button type="button" class="link" key=${seed} onClick=${() => jumpToField(seed)}>${seed}</button> `)}` : "a default"}
      ${token.source && html`<${Place} source=${token.source} />`}
    </p>
    <${ReasonsByMode} id=${brand.value.id} name=${token.name} />
    ${isOwn ? html`<${OwnToken} token=${token} pointer=${pointer} />` : html`<${OtherToken} token=${token} pointer=${pointer} />`}
    <${InlineProblems} pointer=${pointer} id=${`problems-${token.name}`} />
  `;
}

/** A token that is written in a file of the brand: its value, and those of modes, each where it stands. */
function OwnToken({ token, pointer }) {
  const { path } = taken(pointer);
  const refusal = path && fileAt(brand.value, path)?.refusal;
  if (refusal) return html`<p class="muted">${path} is not edited here: ${refusal}.</p>`;
  return html`
    <${Sharers} path=${path} />
    <${TokenValue} label=${token.name} type=${token.type} pointer=${`${pointer}/$value`} />
    ${MODES.map(([mode, name]) => html`<${ModeValue} key=${mode} token=${token} mode=${mode} name=${name} pointer=${placeInFile(token, mode) ?? join(pointer, "$extensions", "themekit", "modes", mode)} owner=${pointer} />`)}
    <button type="button" class="button is-small" onClick=${() => edit(pointer, undefined)}><${Icon} name="trash" />${path ? `Remove from ${path}` : "Remove the override"}</button>
  `;
}

/** A token that no file of the brand has yet. */
function OtherToken({ token, pointer }) {
  const add = (place) => {
    edit(place, { $type: token.type, $value: parsed(token.values.light, token.type) });
    jump.value = { pointer: `${place}/$value` };
  };
  if (isInPlace()) return html`<button type="button" class="button is-small" onClick=${() => add(pointer)}><${Icon} name="plus" />Override</button>`;
  const found = placeForNew(token.name);
  if (token.own || !found) return html`<p class="muted">The tokens of this brand stand in files: change it there.</p>`;
  return html`
    <${Sharers} path=${found.path} />
    ${valueAt(found.place) === undefined
      ? html`<button type="button" class="button is-small" onClick=${() => add(found.place)}><${Icon} name="plus" />Override in ${found.path}</button>`
      : html`<p class="muted">Written into ${found.path}.</p>`}
  `;
}

/** A value to start an override from: CSS text where DTCG writes the same, else a plausible one. */
function parsed(text, type) {
  if (type === "number" || type === "fontWeight") return Number(text) || 400;
  return text;
}

/** The value of another mode: beside the token's own, or in the file of the mode's context. */
function ModeValue({ token, mode, name, pointer, owner }) {
  const own = useValue(() => valueAt(pointer), [pointer]);
  const { path } = taken(pointer);
  const isElsewhere = path !== taken(owner).path;
  if (own === undefined) {
    if (isResolved()) return null; // which file would have it, the resolver's contexts say
    return html`<button type="button" class="link is-mode" onClick=${() => edit(pointer, parsed(token.values[mode], token.type))}>Another value for ${name.toLowerCase()}</button>`;
  }
  return html`
    <div class="field"><div class="field-head"><span class="label">${name}</span>
      ${isElsewhere && html`<span class="field-note"><${Place} source=${token.written[mode]} /></span>`}
      <button type="button" class="link" onClick=${() => edit(isElsewhere ? parent(pointer) : pointer, undefined)}>Remove</button></div>
      ${isElsewhere && html`<${Sharers} path=${path} />`}
      <${TokenValue} label=${`${token.name}, ${name.toLowerCase()}`} type=${token.type} pointer=${pointer} />
    </div>
  `;
}

/** Modes may be the contexts of a resolver. */
const isResolved = () => [get(value.value, "/tokens") ?? []].flat().some((one) => typeof one?.resolver === "string");

function TokenValue({ label, type, pointer }) {
  const root = useRef(null);
  const own = useValue(() => valueAt(pointer), [pointer]);
  const id = `value${pointer.replace(/\W/g, "-")}`;
  useJump(pointer, root);
  if (own === undefined) return html`<p class="muted" ref=${root}>Its value is referred to from elsewhere: see its line in the source.</p>`;
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
