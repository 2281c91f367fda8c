/* Material looks for a global `mermaid` before it fetches one from elsewhere. This one loads the portal's own copy. */
(() => {
  const source = new URL("vendor/mermaid.min.js", document.currentScript.src).href;
  const settings = {};
  /* Material colours `line`; mermaid's own rules for lifelines and arrowheads are more specific, and no brand's. */
  /* A message's label may cross the lifeline of a third; a rim of the ground's colour keeps it readable. */
  const ground = "paint-order:stroke;stroke:var(--md-default-bg-color);stroke-width:.45em;stroke-linejoin:round";
  const lifelines =
    ".actor-line{stroke:var(--md-mermaid-sequence-actor-line-color)}" +
    "#arrowhead path,#crosshead path,[id$=-arrowhead] path,[id$=-crosshead] path{" +
    "fill:var(--md-mermaid-sequence-message-line-color);stroke:var(--md-mermaid-sequence-message-line-color)}" +
    `text.messageText,text.loopText,text.loopText>tspan{${ground}}`;
  let loading;
  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      delete window.mermaid;
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => {
        const real = window.mermaid;
        window.mermaid = shim;
        real.initialize({ ...settings, startOnLoad: false, themeCSS: `${settings.themeCSS ?? ""}${lifelines}` });
        resolve(real);
      };
      script.onerror = () => reject(new Error(`diagrams cannot be drawn: ${source} did not load`));
      document.head.append(script);
    });
    return loading;
  };
  /* A diagram shrinks to the page, but not until nobody can read it: then it scrolls. */
  const LEAST = 0.75;
  const legible = (drawn) => {
    const svg = drawn.svg.replace(/max-width: ([\d.]+)px;/, (rule, width) => `${rule} min-width: ${width * LEAST}px;`);
    return { ...drawn, svg };
  };
  const shim = {
    initialize: (options) => void Object.assign(settings, options),
    render: async (...args) => legible(await (await load()).render(...args)),
  };
  window.mermaid = shim;
})();
