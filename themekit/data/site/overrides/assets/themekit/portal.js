/* Repairs of what Material makes in the browser: names for its controls, and keyboard access to boxes that scroll. */
(() => {
  const german = document.documentElement.lang === "de";
  const words = german
    ? { annotation: "Anmerkung", code: "Code, seitlich rollbar", table: "Tabelle, seitlich rollbar", diagram: "Diagramm, seitlich rollbar" }
    : { annotation: "Annotation", code: "Code, scrolls sideways", table: "Table, scrolls sideways", diagram: "Diagram, scrolls sideways" };

  const nameAnnotations = () => {
    for (const link of document.querySelectorAll(".md-annotation__index:not([aria-label])")) {
      const id = link.querySelector("[data-md-annotation-id]")?.dataset.mdAnnotationId ?? "";
      link.setAttribute("aria-label", `${words.annotation} ${id}`.trim());
    }
  };

  /* Material puts each code block's buttons into a landmark; dozens of them help nobody to find anything. */
  const unmarkButtons = () => {
    for (const nav of document.querySelectorAll(".md-code__nav:not([role])")) nav.setAttribute("role", "none");
  };

  /* A box that scrolls must be reachable without a pointer (WCAG 2.1.1), and say what it is. */
  const reachBoxes = () => {
    const boxes = [
      [".md-typeset pre > code", words.code],
      [".md-typeset__scrollwrap", words.table],
      [".md-typeset div.mermaid", words.diagram],
    ];
    for (const [selector, name] of boxes) {
      for (const box of document.querySelectorAll(selector)) {
        const scrolls = box.scrollWidth > box.clientWidth + 1;
        if (scrolls) {
          box.tabIndex = 0;
          box.setAttribute("role", "group");
          box.setAttribute("aria-label", name);
        } else if (box.getAttribute("role") === "group") {
          box.removeAttribute("tabindex");
          box.removeAttribute("role");
          box.removeAttribute("aria-label");
        }
      }
    }
  };

  let waiting = false;
  const repair = () => {
    waiting = false;
    nameAnnotations();
    unmarkButtons();
    reachBoxes();
  };
  const soon = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(repair);
    }
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  addEventListener("resize", soon);
  soon();
})();
