// Made by themekit from design tokens: change those, not this file.
/** Outside sRGB in both schemes */
export declare const tkColorBrand: "var(--tk-color-brand)";
export declare const tkColorPage: "var(--tk-color-page)";
export declare const tkColorText: "var(--tk-color-text)";
export declare const tkColorVeil: "var(--tk-color-veil)";
export declare const tkColorLink: "var(--tk-color-link)";
export declare const tkColorFocus: "var(--tk-color-focus)";
export declare const tkFontBody: "var(--tk-font-body)";
export declare const tkFontHeavy: "var(--tk-font-heavy)";
export declare const tkSpaceS: "var(--tk-space-s)";
export declare const tkSpaceNone: "var(--tk-space-none)";
/** @deprecated use space */
export declare const tkRatio: "var(--tk-ratio)";
export declare const tkTimeFast: "var(--tk-time-fast)";
export declare const tkTimeSlow: "var(--tk-time-slow)";
export declare const tkEase: "var(--tk-ease)";
export declare const tkLineDashes: "var(--tk-line-dashes)";
export declare const tkLineDots: "var(--tk-line-dots)";
export declare const tkEdge: "var(--tk-edge)";
export declare const tkMove: "var(--tk-move)";
export declare const tkLift: "var(--tk-lift)";
export declare const tkSky: "var(--tk-sky)";
export declare const tkBody: "var(--tk-body)";
export declare const tkCopy: "var(--tk-copy)";
/** The values of all tokens in one mode, as CSS text. */
export interface TkTokens {
  readonly tkColorBrand: string;
  readonly tkColorPage: string;
  readonly tkColorText: string;
  readonly tkColorVeil: string;
  readonly tkColorLink: string;
  readonly tkColorFocus: string;
  readonly tkFontBody: string;
  readonly tkFontHeavy: string;
  readonly tkSpaceS: string;
  readonly tkSpaceNone: string;
  readonly tkRatio: string;
  readonly tkTimeFast: string;
  readonly tkTimeSlow: string;
  readonly tkEase: string;
  readonly tkLineDashes: string;
  readonly tkLineDots: string;
  readonly tkEdge: string;
  readonly tkMove: string;
  readonly tkLift: string;
  readonly tkSky: string;
  readonly tkBody: string;
  readonly tkCopy: string;
}
export declare const tkModes: { readonly "light": TkTokens; readonly "dark": TkTokens; readonly "light-contrast": TkTokens; readonly "dark-contrast": TkTokens; };
