// The side panel: the form, the tokens, the source, the problems. Its width is dragged, or set with arrow keys.

import { useEffect } from "preact/hooks";
import { Tabs } from "./controls.js";
import { html, paint } from "./dom.js";
import { Form } from "./form/form.js";
import { Tokens } from "./form/tokens.js";
import { Problems } from "./problems.js";
import { SourcePanel } from "./source_panel.js";
import { panelWidth, problemCount, tab } from "./store.js";

const [NARROWEST, WIDEST, STEP] = [300, 640, 20];
const PANELS = { design: Form, tokens: Tokens, source: SourcePanel, problems: Problems };

export function Panel() {
  useEffect(() => paint(document.documentElement, { "--panel-width": `${panelWidth.value}px` }), [panelWidth.value]);
  const [count, tone] = problemCount.value.split(" ");
  const tabs = [
    { value: "design", label: "Design" },
    { value: "tokens", label: "Tokens" },
    { value: "source", label: "Source" },
    { value: "problems", label: "Problems", badge: count === "0" ? "" : count, tone },
  ];
  const Shown = PANELS[tab.value];
  return html`
    <section class="panel" aria-label="Brand">
      <${Tabs} label="Side panel" tabs=${tabs} value=${tab.value} onChange=${(next) => (tab.value = next)} panelId="panel" />
      <div class="panel-body" key=${tab.value} role="tabpanel" id="panel" aria-labelledby=${`panel-${tab.value}`} tabindex="-1"><${Shown} /></div>
      <${Splitter} />
    </section>
  `;
}

const fitting = (width) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));

function Splitter() {
  const onPointerDown = (event) => {
    if (event.button !== 0) return; // the browser's menu takes the end of it
    event.target.setPointerCapture(event.pointerId);
    document.body.classList.add("is-resizing");
  };
  const onPointerMove = (event) => {
    if (event.target.hasPointerCapture(event.pointerId)) panelWidth.value = fitting(event.clientX);
  };
  const onPointerUp = () => document.body.classList.remove("is-resizing");
  const onKeyDown = (event) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    panelWidth.value = fitting(panelWidth.value + step);
  };
  return html`
    <div class="splitter" role="separator" aria-orientation="vertical" aria-label="Width of the side panel" tabindex="0"
      aria-valuenow=${panelWidth.value} aria-valuemin=${NARROWEST} aria-valuemax=${WIDEST}
      onPointerDown=${onPointerDown} onPointerMove=${onPointerMove} onPointerUp=${onPointerUp} onPointerCancel=${onPointerUp} onLostPointerCapture=${onPointerUp} onKeyDown=${onKeyDown}></div>
  `;
}
