// Made by themekit from design tokens: change those, not this file.
export const tkColorBrand = "var(--tk-color-brand)";
export const tkColorPage = "var(--tk-color-page)";
export const tkColorText = "var(--tk-color-text)";
export const tkColorVeil = "var(--tk-color-veil)";
export const tkColorLink = "var(--tk-color-link)";
export const tkColorFocus = "var(--tk-color-focus)";
export const tkFontBody = "var(--tk-font-body)";
export const tkFontHeavy = "var(--tk-font-heavy)";
export const tkSpaceS = "var(--tk-space-s)";
export const tkSpaceNone = "var(--tk-space-none)";
export const tkRatio = "var(--tk-ratio)";
export const tkTimeFast = "var(--tk-time-fast)";
export const tkTimeSlow = "var(--tk-time-slow)";
export const tkEase = "var(--tk-ease)";
export const tkLineDashes = "var(--tk-line-dashes)";
export const tkLineDots = "var(--tk-line-dots)";
export const tkEdge = "var(--tk-edge)";
export const tkMove = "var(--tk-move)";
export const tkLift = "var(--tk-lift)";
export const tkSky = "var(--tk-sky)";
export const tkBody = "var(--tk-body)";
export const tkCopy = "var(--tk-copy)";
const _mode0 = Object.freeze({
  tkColorBrand: "oklch(.7 .3 150)",
  tkColorPage: "#fff",
  tkColorText: "#1b1c20",
  tkColorVeil: "#0006",
  tkColorLink: "oklch(.7 .3 150)",
  tkColorFocus: "oklch(.7 .3 150)",
  tkFontBody: "\"\u00dcnder & Co\", \"Segoe UI\", system-ui",
  tkFontHeavy: "700",
  tkSpaceS: ".5rem",
  tkSpaceNone: "0px",
  tkRatio: "-.125",
  tkTimeFast: "120ms",
  tkTimeSlow: ".3s",
  tkEase: "cubic-bezier(.2, 0, 0, 1)",
  tkLineDashes: "dashed",
  tkLineDots: "dotted",
  tkEdge: "1px dotted oklch(.7 .3 150)",
  tkMove: "120ms cubic-bezier(.2, 0, 0, 1) 10ms",
  tkLift: "0px 1px 2px 0px #0006, inset 0px 0px 4px -1px oklch(.7 .3 150)",
  tkSky: "oklch(.7 .3 150) 0%, #fff 62.5%",
  tkBody: "400 1rem/1.5 \"\u00dcnder & Co\", \"Segoe UI\", system-ui",
  tkCopy: "400 1rem/1.5 \"\u00dcnder & Co\", \"Segoe UI\", system-ui",
});
const _mode1 = Object.freeze({
  ..._mode0,
  tkColorBrand: "oklch(.75 .3 150)",
  tkColorPage: "#101114",
  tkColorText: "#eee",
  tkColorLink: "oklch(.75 .3 150)",
  tkColorFocus: "#eee",
  tkEdge: "1px dotted oklch(.75 .3 150)",
  tkLift: "0px 1px 2px 0px #0006, inset 0px 0px 4px -1px oklch(.75 .3 150)",
  tkSky: "oklch(.75 .3 150) 0%, #fff 62.5%",
});
const _mode2 = Object.freeze({
  ..._mode0,
  tkColorBrand: "#040",
  tkColorLink: "#040",
  tkColorFocus: "#040",
  tkEdge: "1px dotted #040",
  tkLift: "0px 1px 2px 0px #0006, inset 0px 0px 4px -1px #040",
  tkSky: "#040 0%, #fff 62.5%",
});
const _mode3 = Object.freeze({
  ..._mode0,
  tkColorBrand: "#8f8",
  tkColorPage: "#000",
  tkColorText: "#eee",
  tkColorLink: "#8f8",
  tkColorFocus: "#eee",
  tkEdge: "1px dotted #8f8",
  tkLift: "0px 1px 2px 0px #0006, inset 0px 0px 4px -1px #8f8",
  tkSky: "#8f8 0%, #fff 62.5%",
});
export const tkModes = Object.freeze({ ["light"]: _mode0, ["dark"]: _mode1, ["light-contrast"]: _mode2, ["dark-contrast"]: _mode3 });
