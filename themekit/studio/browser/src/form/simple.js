// Controls of plain values: texts, numbers, choices, font families.

import { useState } from "preact/hooks";
import { Segmented } from "../controls.js";
import { html } from "../dom.js";
import { inStep } from "../drafts.js";
import { commitSoon, edit, preview } from "../editing.js";
import { brandId, project } from "../store.js";
import { words } from "../words.js";
import { useHeld } from "./held.js";
import { choices, kindOf } from "./schema.js";
import { Slider } from "./slider.js";

const AFTER_TYPING_MS = 600;

/** What is typed, apart from the file's value until it is an edit: a change from outside does not clobber a field in use. */
export function useTyped(value, { pointer }) {
  const place = `${brandId.value} ${pointer}`; // another brand may be opened under the hand
  const [typed, setTyped] = useState(null);
  return {
    shown: (typed?.place === place ? typed.text : value) ?? "",
    begin: (text) => setTyped({ place, text }),
    end: () => setTyped(null),
  };
}

export function TextControl({ id, schema, pointer, value, placeholder, describedBy }) {
  const typed = useTyped(value, { pointer });
  const isLong = kindOf(schema, pointer) === "long";
  const onInput = (event) => {
    const text = event.target.value;
    typed.begin(text);
    if (!isFitting(text, schema)) return; // half an address is no edit yet
    preview(pointer, text === "" ? undefined : number(text, schema));
    commitSoon(AFTER_TYPING_MS);
  };
  const onBlur = (event) => {
    const text = event.target.value;
    typed.end();
    if (text !== String(value ?? "")) edit(pointer, text === "" ? undefined : number(text, schema));
  };
  const common = { id, class: "input", placeholder, maxlength: schema.maxLength, "aria-describedby": describedBy, onInput, onBlur, value: typed.shown, "aria-invalid": isFitting(typed.shown, schema) ? undefined : "true" };
  if (isLong) return html`<textarea rows="3" ...${common}></textarea>`;
  return html`<input type="text" spellcheck=${!schema.pattern} ...${common} />`;
}

const isFitting = (text, { pattern }) => !pattern || text === "" || new RegExp(pattern, "u").test(String(text));

/** Fields that take both keep a number a number. */
const number = (text, { type }) => ([type].flat().includes("number") && /^\d+(\.\d+)?$/.test(text) ? Number(text) : text);

export function NumberControl({ id, label, schema, pointer, value, inherited, fallback, describedBy }) {
  const { minimum = 0, maximum = 100 } = schema;
  const held = useHeld();
  const standard = fallback === "" ? NaN : Number(fallback); // or words, where the value follows from others
  const known = [held.value?.number, value, inherited, standard].find(Number.isFinite);
  const shown = known ?? minimum;
  const step = maximum - minimum <= 4 ? 0.01 : 1;
  const take = (text, isSlid) => {
    if (text === null) {
      held.begin({ number: held.value ? held.value.number : value, text: "" });
      return;
    }
    const next = text === "" ? undefined : Number(text);
    if (Number.isNaN(next)) return;
    const begin = () => held.begin({ number: next, text });
    if (!isSlid) begin();
    inStep(() => {
      if (isSlid) begin();
      preview(pointer, next);
    });
  };
  const events = held.events(take);
  return html`
    <div class="slider-row">
      <${Slider} min=${minimum} max=${maximum} step=${step} value=${shown} aria-label=${label} aria-valuetext=${known === undefined ? `Default: ${fallback}` : undefined} ...${events} onLetGo=${held.letGo} />
      <input type="number" class="input is-short" id=${id} min=${minimum} max=${maximum} step=${step} value=${held.value?.text ?? (value === undefined ? "" : String(shown))}
        placeholder=${known === undefined ? "" : String(inherited ?? fallback)} aria-label=${`${label}, number`} aria-describedby=${describedBy} ...${events} onBlur=${held.leave} />
    </div>
    ${known === undefined && fallback && html`<p class="muted">Default: ${fallback}</p>`}
  `;
}

export function Choice({ id, label, schema, pointer, value, inherited, fallback, describedBy }) {
  const all = choices(schema);
  const standard = inherited ?? fallback;
  const none = { value: "", label: standard ? `Default: ${words(standard)}` : "None" };
  const options = [...(all.includes(standard) ? [] : [none]), ...all.map((one) => ({ value: one, label: words(one) }))];
  const take = (next) => edit(pointer, next === "" ? undefined : next);
  if (all.length <= 4) {
    return html`<${Segmented} id=${id} label=${label} options=${options} value=${value ?? (all.includes(standard) ? standard : "")} onChange=${take} describedBy=${describedBy} />`;
  }
  return html`
    <select id=${id} class="input" value=${value ?? ""} aria-describedby=${describedBy} onChange=${(event) => take(event.target.value)}>
      ${[none, ...options.filter((one) => one.value)].map((one) => html`<option value=${one.value} key=${one.value} selected=${one.value === (value ?? "")}>${one.label}</option>`)}
    </select>
  `;
}

/** A whole number, whose range is too wide for a slider. */
export function WholeControl({ id, schema, pointer, value, placeholder, describedBy }) {
  const typed = useTyped(value, { pointer });
  const onInput = (event) => {
    const text = event.target.value;
    typed.begin(text);
    if (!event.target.validity.valid) return;
    preview(pointer, text === "" ? undefined : Number(text));
    commitSoon(AFTER_TYPING_MS);
  };
  const onBlur = (event) => {
    const text = event.target.value;
    typed.end();
    if (event.target.validity.valid && text !== String(value ?? "")) edit(pointer, text === "" ? undefined : Number(text));
  };
  return html`
    <input type="number" class="input" id=${id} min=${schema.minimum} max=${schema.maximum} step="1" value=${typed.shown} placeholder=${placeholder}
      aria-describedby=${describedBy} onInput=${onInput} onBlur=${onBlur} />
  `;
}

const YES_OR_NO = { true: "Yes", false: "No" };

export function SwitchControl({ id, label, pointer, value, inherited, fallback, describedBy }) {
  const standard = inherited ?? fallback;
  const none = { value: "", label: standard === "" || standard === undefined ? "Not set" : `Default: ${YES_OR_NO[String(standard).toLowerCase()] ?? words(String(standard))}` };
  const options = [none, { value: "true", label: "Yes" }, { value: "false", label: "No" }];
  const take = (next) => edit(pointer, next === "" ? undefined : next === "true");
  return html`<${Segmented} id=${id} label=${label} options=${options} value=${value === undefined ? "" : String(value)} onChange=${take} describedBy=${describedBy} />`;
}

/** A family's name, with the installed ones to choose from. */
export function FamilyControl({ id, pointer, value, placeholder, describedBy }) {
  const typed = useTyped(value, { pointer });
  const onBlur = (event) => {
    const text = event.target.value.trim();
    typed.end();
    if (text !== (value ?? "")) edit(pointer, text || undefined);
  };
  const onInput = (event) => {
    const text = event.target.value;
    typed.begin(text);
    if (project.value.fonts.includes(text)) edit(pointer, text); // half a name is no edit yet
  };
  return html`
    <input type="text" id=${id} class="input" list=${`${id}-families`} value=${typed.shown} placeholder=${placeholder} spellcheck=${false}
      aria-describedby=${describedBy} onInput=${onInput} onBlur=${onBlur} />
    <datalist id=${`${id}-families`}>${project.value.fonts.map((name) => html`<option value=${name} key=${name}></option>`)}</datalist>
  `;
}
