// One frame: whose brand, which view, in a viewport of the chosen width, scaled to fit.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { join, on, setScheme } from "./channel.js";
import { html, paint } from "./dom.js";
import { Icon, IconButton } from "./icons.js";
import { brandId, frames, look, project } from "./store.js";
import { Swatch } from "./swatch.js";
import { words } from "./words.js";

const VIEWS = { portal: ["Portal", "index.html"], gallery: ["Components", "@gallery"], pictures: ["Pictures", "@pictures"] };
const SCHEMES = [["", "As the toolbar says"], ["light", "Light"], ["dark", "Dark"], ["light-contrast", "Light, high contrast"], ["dark-contrast", "Dark, high contrast"]];
const SCHEME_ICONS = { light: "sun", dark: "moon", "light-contrast": "contrast", "dark-contrast": "contrastDark" };
const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups";

/** Who wants to know what page a frame shows, by its element. */
const titles = new WeakMap();
on("ready", (message, entry) => titles.get(entry.element)?.(message));

const change = (key, part) => (frames.value = frames.value.map((frame) => (frame.key === key ? { ...frame, ...part } : frame)));

export function Frame({ frame, at, openBrand }) {
  const id = frame.brand || brandId.value;
  const brands = project.value.brands;
  const brand = brands.find((one) => one.id === id);
  const isEdited = id === brandId.value;
  const close = () => (frames.value = frames.value.filter(({ key }) => key !== frame.key));
  const choose = ({ target }) => {
    const next = target.value;
    if (at !== 0) return change(frame.key, { brand: next });
    target.value = id; // what is shown, until the other is
    return openBrand(next);
  };
  return html`
    <article class=${isEdited ? "frame is-edited" : "frame"} aria-label=${`Preview of ${brand?.name ?? id}${frame.scheme ? `, ${words(frame.scheme).toLowerCase()}` : ""}`}>
      <header class="frame-head">
        <${Swatch} color=${brand?.primary} />
        <select class="input is-quiet frame-brand" aria-label="Brand of this frame" title=${brand?.name ?? id} onChange=${choose}>
          ${!brand && html`<option key=${id} value=${id} selected>${id}</option>`}
          ${brands.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === id}>${one.name ?? one.id}</option>`)}
        </select>
        <select class="input is-quiet frame-view" aria-label="View" onChange=${(event) => change(frame.key, { view: event.target.value })}>
          ${Object.entries(VIEWS).map(([view, [name]]) => html`<option key=${view} value=${view} selected=${view === frame.view}>${name}</option>`)}
        </select>
        ${frames.value.length > 1 && html`
          <span class="frame-scheme"><${Icon} name=${SCHEME_ICONS[frame.scheme] ?? "eye"} />
            <select class="input is-quiet" aria-label="Appearance of this frame" title=${SCHEMES.find(([scheme]) => scheme === (frame.scheme ?? ""))?.[1]}
              onChange=${(event) => change(frame.key, { scheme: event.target.value })}>
              ${SCHEMES.map(([scheme, name]) => html`<option key=${scheme} value=${scheme} selected=${scheme === (frame.scheme ?? "")}>${name}</option>`)}
            </select></span>`}
        <span class="bar-space"></span>
        ${!isEdited && html`<button type="button" class="button is-small frame-edit" aria-label="Edit this brand" title="Edit this brand" onClick=${() => openBrand(id)}><${Icon} name="pencil" /><span>Edit</span></button>`}
        <a class="icon-button" href=${urlOf(id, frame.view)} target="_blank" rel="noopener" aria-label="Open in a tab of its own" title="Open in a tab of its own"><${Icon} name="external" /></a>
        ${frames.value.length > 1 && html`<${IconButton} icon="close" label="Close this frame" onClick=${close} />`}
      </header>
      <${Viewport} key=${`${id}/${frame.view}`} id=${id} view=${frame.view} scheme=${frames.value.length > 1 ? frame.scheme : ""} />
    </article>
  `;
}

const urlOf = (id, view) => new URL(`${encodeURIComponent(id)}/${VIEWS[view][1]}`, new URL(project.value.pages, location.href)).href;

function Viewport({ id, view, scheme = "" }) {
  const holder = useRef(null);
  const element = useRef(null);
  const [title, setTitle] = useState("");
  const { width } = look.value;

  useLayoutEffect(() => {
    titles.set(element.current, (message) => setTitle(message.title ?? ""));
    return join(element.current, id);
  }, []);
  useLayoutEffect(() => setScheme(element.current, scheme), [scheme]);
  useLayoutEffect(() => {
    const fit = () => {
      const { clientWidth, clientHeight } = holder.current;
      const scale = width ? Math.min(1, clientWidth / width) : 1;
      paint(element.current, {
        "--frame-width": width ? `${width}px` : "100%",
        "--frame-height": `${Math.max(1, clientHeight) / scale}px`,
        "--frame-scale": String(scale),
        "--frame-left": `${width ? Math.max(0, (clientWidth - width * scale) / 2) : 0}px`,
      });
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(holder.current);
    return () => observer.disconnect();
  }, [width]);

  return html`
    <div class="viewport" ref=${holder}>
      <iframe ref=${element} sandbox=${SANDBOX} src=${urlOf(id, view)} title=${title ? `${id}: ${title}` : `${id}, ${VIEWS[view][0].toLowerCase()}`}></iframe>
    </div>
  `;
}
