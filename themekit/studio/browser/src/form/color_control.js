// A colour: its text as the file has it, OKLCH sliders on tracks that show what they lead to, and contrast beside it.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { contrast, fits, formatColor, maxChroma, oklchToLinear, oklchToRgb8, parseColor, shownRatio, toHex } from "../color.js";
import { html, paint } from "../dom.js";
import { catchUp, inStep } from "../drafts.js";
import { commitSoon, edit, preview } from "../editing.js";
import { Icon, IconButton } from "../icons.js";
import { tokensByName } from "../store.js";
import { Swatch } from "../swatch.js";
import { Slider } from "./slider.js";
import { useTyped } from "./simple.js";

const MAX_CHROMA = 0.37; // sRGB ends at 0.323
const SAMPLES = 96;
const AXES = [
  { name: "Lightness", at: 0, max: 1, step: 0.005, show: (n) => `${Math.round(n * 100)} %` },
  { name: "Chroma", at: 1, max: MAX_CHROMA, step: 0.0025, show: (n) => n.toFixed(3) },
  { name: "Hue", at: 2, max: 360, step: 1, show: (n) => `${Math.round(n)}°` },
];

const opened = new Set(); // fields whose sliders are shown, also after another tab was

export function ColorControl({ id, label, pointer, value, inherited, fallback, describedBy }) {
  const [isOpen, setOpen] = useState(opened.has(pointer));
  const [held, setHeld] = useState(null); // where the sliders stand: hex does not keep a chroma that no screen shows
  const typed = useTyped(textOf(value), { pointer });
  const from = value ?? inherited ?? derived(pointer);
  const color = held && held.text === textOf(value) ? held.color : parseColor(from);

  const toggle = () => {
    if (isOpen) opened.delete(pointer);
    else opened.add(pointer);
    setOpen(!isOpen);
  };
  const drag = (next) =>
    inStep(() => {
      const written = formatColor(next);
      setHeld({ color: next, text: textOf(written) });
      preview(pointer, written);
    });
  const letGo = () => {
    catchUp();
    commitSoon();
  };
  const take = (text) => {
    typed.end();
    if (text === textOf(value)) return;
    if (text === "") edit(pointer, undefined);
    else edit(pointer, text);
  };
  return html`
    <div class="color-row">
      <button type="button" class="color-open" aria-expanded=${isOpen ? "true" : "false"} aria-controls=${`${id}-sliders`} aria-label=${`${label}: sliders`} onClick=${toggle}>
        <${Swatch} color=${color ? cssOf(color) : textOf(from)} size="is-large" />
      </button>
      <input type="text" id=${id} class="input is-code" aria-label=${`${label}, colour`} aria-describedby=${describedBy} spellcheck=${false} autocomplete="off"
        value=${typed.shown} placeholder=${textOf(inherited ?? "") || fallback}
        onInput=${(event) => typed.begin(event.target.value)}
        onKeyDown=${(event) => event.key === "Enter" && !event.isComposing && take(event.target.value.trim())}
        onBlur=${(event) => take(event.target.value.trim())} />
      ${"EyeDropper" in window && html`<${IconButton} icon="pipette" label=${`${label}: pick from the screen`} onClick=${() => pick((hex) => edit(pointer, hex))} />`}
    </div>
    ${color && html`<${Ratios} color=${color} />`}
    <div id=${`${id}-sliders`} hidden=${!isOpen}>
      ${isOpen && color && html`<${Sliders} label=${label} color=${color} onDrag=${drag} onDone=${letGo} />`}
      ${isOpen && !color && html`<p class="muted">The sliders know hex, oklch() and DTCG objects in sRGB and OKLCH.</p>`}
    </div>
  `;
}

export const textOf = (value) => (value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value));
const cssOf = ({ oklch, alpha }) => `rgb(${oklchToRgb8(oklch).join(" ")} / ${alpha})`;

/** The colour that a seed without a value gets: step 9 of its scale. */
function derived(pointer) {
  const name = pointer.split("/").at(-1);
  return pointer.startsWith("/color/") ? tokensByName.value.get(`color.${name}.9`)?.values.light : undefined;
}

async function pick(take) {
  try {
    take((await new window.EyeDropper().open()).sRGBHex);
  } catch {
    // closed without a choice
  }
}

const surface = (mode) => {
  const found = parseColor(tokensByName.value.get("color.page")?.values[mode]);
  return found ? oklchToRgb8(found.oklch) : mode === "dark" ? [18, 18, 20] : [255, 255, 255];
};

/** Contrast with white and black text, and with the brand's own pages. */
export function Ratios({ color }) {
  const rgb = oklchToRgb8(color.oklch);
  const grounds = [
    ["white", "White text on it", [255, 255, 255], true],
    ["black", "Black text on it", [0, 0, 0], true],
    ["light page", "It on the light page", surface("light"), false],
    ["dark page", "It on the dark page", surface("dark"), false],
  ];
  return html`
    <ul class="ratios" aria-label="Contrast">
      ${grounds.map(([name, says, other, isText]) => {
        const ratio = contrast(rgb, other);
        const level = ratio >= 7 ? "AAA" : ratio >= 4.5 ? "AA" : ratio >= 3 ? "AA large" : "low";
        return html`
          <li class=${`ratio ${ratio < 3 ? "is-low" : ""}`} title=${`${says}: ${shownRatio(ratio)} : 1, ${level}`} key=${name}>
            <${Sample} text=${toHex(isText ? other : rgb)} ground=${toHex(isText ? rgb : other)} />
            <span class="unseen">${says}: </span>${shownRatio(ratio)}<span class="unseen">${level}</span>${ratio < 4.5 && html`<span class="ratio-level" aria-hidden="true">${ratio < 3 ? "low" : "large"}</span>`}
          </li>
        `;
      })}
    </ul>
  `;
}

function Sample({ text, ground }) {
  const element = useRef(null);
  useLayoutEffect(() => paint(element.current, { "--sample-text": text, "--sample-ground": ground }), [text, ground]);
  return html`<span class="sample" ref=${element} aria-hidden="true"></span>`;
}

export function Sliders({ label, color, onDrag, onDone }) {
  const isInside = fits(oklchToLinear(color.oklch));
  const change = (at, number) => {
    const oklch = [...color.oklch];
    oklch[at] = number;
    onDrag({ ...color, oklch });
  };
  const fit = () => {
    onDrag({ ...color, oklch: [color.oklch[0], maxChroma(color.oklch[0], color.oklch[2]), color.oklch[2]] });
    onDone();
  };
  return html`
    <div class="sliders">
      ${AXES.map((axis) => html`<${Axis} key=${axis.name} axis=${axis} label=${label} color=${color} onInput=${(number) => change(axis.at, number)} onChange=${onDone} />`)}
      ${color.alpha < 1 && html`
        <label class="axis"><span class="axis-name">Opacity</span>
          <${Slider} min="0" max="1" step="0.01" value=${color.alpha} aria-label=${`${label}: opacity`} aria-valuetext=${`${Math.round(color.alpha * 100)} %`}
            onInput=${(event) => onDrag({ ...color, alpha: Number(event.target.value) })} onChange=${onDone} onLetGo=${onDone} />
          <output class="axis-value">${Math.round(color.alpha * 100)} %</output>
        </label>`}
      ${!isInside && html`<p class="gamut"><${Icon} name="warning" size="14" /><span>Outside sRGB: screens show ${toHex(oklchToRgb8(color.oklch))}.</span>
        <button type="button" class="button is-small" onClick=${fit}>Lower the chroma</button></p>`}
    </div>
  `;
}

function Axis({ axis, label, color, onInput, onChange }) {
  const canvas = useRef(null);
  const number = color.oklch[axis.at];
  const others = color.oklch.filter((_, at) => at !== axis.at).join(" ");
  useLayoutEffect(() => paintTrack(canvas.current, axis, color.oklch), [others]);
  return html`
    <label class="axis">
      <span class="axis-name" aria-hidden="true">${axis.name}</span>
      <span class="track">
        <canvas ref=${canvas} width=${SAMPLES} height="1" aria-hidden="true"></canvas>
        <${Slider} min="0" max=${axis.max} step=${axis.step} value=${number} aria-label=${`${label}: ${axis.name.toLowerCase()}`} aria-valuetext=${axis.show(number)}
          onInput=${(event) => onInput(Number(event.target.value))} onChange=${onChange} onLetGo=${onChange} />
      </span>
      <output class="axis-value">${axis.show(number)}</output>
    </label>
  `;
}

/** The colours along an axis, the two others as they are; what no sRGB screen shows is clear, so that the hatching behind it is seen. */
function paintTrack(canvas, axis, oklch) {
  const pixels = new ImageData(SAMPLES, 1);
  const sample = [...oklch];
  for (let at = 0; at < SAMPLES; at += 1) {
    sample[axis.at] = (at / (SAMPLES - 1)) * axis.max;
    const isInside = fits(oklchToLinear(sample));
    const [red, green, blue] = oklchToRgb8(sample);
    pixels.data.set([red, green, blue, isInside ? 255 : 90], at * 4);
  }
  canvas.getContext("2d").putImageData(pixels, 0, 0);
}
