// The brand picker: a button and a list after the ARIA listbox pattern.

import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./dom.js";
import { Icon } from "./icons.js";
import { Swatch } from "./swatch.js";
import { brandId, project } from "./store.js";

const FILTER_FROM = 8; // brands: fewer are seen at a glance

export function BrandPicker({ openBrand }) {
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const root = useRef(null);
  const button = useRef(null);
  const brands = project.value.brands;
  const current = brands.find(({ id }) => id === brandId.value);
  const needle = query.toLowerCase();
  const shown = brands.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(needle));

  useEffect(() => {
    if (!isOpen) return undefined;
    const target = root.current.querySelector("input, [aria-selected=true], [role=option]");
    target?.focus();
    const onPointerDown = (event) => !root.current.contains(event.target) && setOpen(false);
    const onBlur = () => setOpen(false); // of the window: into a frame, another tab, another program
    addEventListener("pointerdown", onPointerDown);
    addEventListener("blur", onBlur);
    return () => (removeEventListener("pointerdown", onPointerDown), removeEventListener("blur", onBlur));
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current.focus();
  };
  const onFocusOut = ({ relatedTarget }) => relatedTarget && !root.current.contains(relatedTarget) && setOpen(false);
  const choose = (id) => {
    close();
    openBrand(id); // the one that is open, too: another may be on its way
  };
  const onKeyDown = (event) => {
    if (event.isComposing) return undefined;
    if (event.key === "Escape") {
      event.preventDefault(); // this list, and nothing else
      return close();
    }
    const options = [...root.current.querySelectorAll("[role=option]")];
    const at = options.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[event.key];
    if (to === undefined || (at < 0 && event.key !== "ArrowDown")) return undefined;
    event.preventDefault();
    return options[Math.max(0, Math.min(to, options.length - 1))]?.focus();
  };

  return html`
    <div class="picker" ref=${root} onFocusOut=${onFocusOut}>
      <button type="button" ref=${button} class="picker-button" title=${current?.name} aria-haspopup="listbox" aria-expanded=${isOpen ? "true" : "false"} onClick=${() => setOpen(!isOpen)}>
        <${Swatch} color=${current?.primary} />
        <span><span class="unseen">Brand: </span>${current?.name ?? brandId.value ?? "Brands"}</span>
        <${Icon} name="down" />
      </button>
      ${isOpen && html`
        <div class="popover" onKeyDown=${onKeyDown}>
          ${brands.length >= FILTER_FROM && html`
            <input type="search" class="input" aria-label="Find a brand" placeholder="Find a brand" value=${query} onInput=${(event) => setQuery(event.target.value)} />`}
          <div role="listbox" aria-label="Brands" class="options">
            ${shown.map(
              (brand) => html`
                <div role="option" class="option" tabindex="-1" key=${brand.id} aria-selected=${brand.id === brandId.value ? "true" : "false"}
                  onClick=${() => choose(brand.id)}
                  onKeyDown=${(event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), choose(brand.id))}>
                  <${Swatch} color=${brand.primary} />
                  <span class="option-name">${brand.name ?? brand.id}</span>
                  <span class="option-note">${brand.errors ? `${brand.errors} ${brand.errors === 1 ? "error" : "errors"}` : brand.id}</span>
                </div>
              `,
            )}
          </div>
        </div>
      `}
    </div>
  `;
}
