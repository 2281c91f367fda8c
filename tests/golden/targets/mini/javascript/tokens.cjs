"use strict";
// Made by themekit from design tokens: change those, not this file.
exports.tkColorBrand = "var(--tk-color-brand)";
exports.tkColorPage = "var(--tk-color-page)";
exports.tkColorText = "var(--tk-color-text)";
exports.tkColorVeil = "var(--tk-color-veil)";
exports.tkColorLink = "var(--tk-color-link)";
exports.tkColorFocus = "var(--tk-color-focus)";
exports.tkFontBody = "var(--tk-font-body)";
exports.tkFontHeavy = "var(--tk-font-heavy)";
exports.tkSpaceS = "var(--tk-space-s)";
exports.tkSpaceNone = "var(--tk-space-none)";
exports.tkRatio = "var(--tk-ratio)";
exports.tkTimeFast = "var(--tk-time-fast)";
exports.tkTimeSlow = "var(--tk-time-slow)";
exports.tkEase = "var(--tk-ease)";
exports.tkLineDashes = "var(--tk-line-dashes)";
exports.tkLineDots = "var(--tk-line-dots)";
exports.tkEdge = "var(--tk-edge)";
exports.tkMove = "var(--tk-move)";
exports.tkLift = "var(--tk-lift)";
exports.tkSky = "var(--tk-sky)";
exports.tkBody = "var(--tk-body)";
exports.tkCopy = "var(--tk-copy)";
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
exports.tkModes = Object.freeze({ ["light"]: _mode0, ["dark"]: _mode1, ["light-contrast"]: _mode2, ["dark-contrast"]: _mode3 });
