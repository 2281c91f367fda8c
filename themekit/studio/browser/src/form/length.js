// A length: a slider for what lengths usually are, a number, and its unit. The file's notation stays.

import { html } from "../dom.js";
import { inStep } from "../drafts.js";
import { edit, preview } from "../editing.js";
import { useHeld } from "./held.js";
import { Slider } from "./slider.js";

const TEXT = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+))(px|rem)?$/;
const REM = 16;
const REACH_PX = { radius: 32, border: 8, base: 24 };

export function parseLength(value) {
  if (value !== null && typeof value === "object") return { number: value.value, unit: value.unit, isObject: true };
  const found = typeof value === "string" ? TEXT.exec(value.trim()) : null;
  return found ? { number: Number(found[1]), unit: found[2] ?? "px", isObject: false } : null;
}

export const formatLength = ({ number, unit, isObject }) => (isObject ? { value: number, unit } : `${number}${unit}`);

export function LengthControl({ id, label, pointer, value, inherited, fallback, describedBy }) {
  const held = useHeld();
  const own = held.value ? held.value.length : parseLength(value);
  const shown = own ?? held.value?.like ?? parseLength(inherited) ?? parseLength(fallback) ?? { number: 0, unit: "px", isObject: false };
  const isRem = shown.unit === "rem";
  const reach = Math.max((REACH_PX[pointer.split("/").at(-1)] ?? 64) / (isRem ? REM : 1), shown.number);
  const take = (text, isSlid) => {
    if (text === null) {
      held.begin({ length: own, like: shown, text: "" });
      return;
    }
    const length = text === "" ? null : { ...shown, number: Number(text) };
    if (Number.isNaN(length?.number)) return;
    const begin = () => held.begin({ length, like: shown, text }); // one that is emptied has its unit still
    if (!isSlid) begin();
    inStep(() => {
      if (isSlid) begin();
      preview(pointer, length ? formatLength(length) : undefined);
    });
  };
  const turn = (unit) => {
    const number = unit === "rem" ? shown.number / REM : shown.number * REM;
    edit(pointer, formatLength({ ...shown, unit, number: Number(number.toFixed(4)) }));
  };
  const events = held.events(take);
  return html`
    <div class="slider-row">
      <${Slider} min="0" max=${reach} step=${isRem ? 0.0625 : 1} value=${shown.number} aria-label=${label} aria-valuetext=${`${shown.number} ${shown.unit}`} ...${events} onLetGo=${held.letGo} />
      <span class="with-unit">
        <input type="number" class="input is-short" id=${id} step=${isRem ? 0.0625 : 1} value=${held.value?.text ?? (own ? String(shown.number) : "")} placeholder=${String(shown.number)}
          aria-label=${`${label}, number`} aria-describedby=${describedBy} ...${events} onBlur=${held.leave} />
        <select class="input unit" aria-label=${`${label}, unit`} value=${shown.unit} onChange=${(event) => turn(event.target.value)}>
          <option value="px" selected=${!isRem}>px</option><option value="rem" selected=${isRem}>rem</option>
        </select>
      </span>
    </div>
  `;
}
