// Made by themekit from design tokens: change those, not this file.
/** The values of all tokens in one mode. */
export interface TkTokens {
  /** Outside sRGB in both schemes */
  readonly tkColorBrand: string;
  readonly tkColorPage: string;
  readonly tkColorText: string;
  readonly tkColorVeil: string;
  readonly tkColorLink: string;
  readonly tkColorFocus: string;
  readonly tkFontBody: readonly string[];
  readonly tkFontHeavy: number;
  readonly tkSpaceS: number;
  readonly tkSpaceNone: number;
  /** @deprecated use space */
  readonly tkRatio: number;
  readonly tkTimeFast: number;
  readonly tkTimeSlow: number;
  readonly tkEase: readonly [number, number, number, number];
  readonly tkLineDashes: { readonly style: string; readonly dashes: readonly number[]; readonly cap: string };
  readonly tkLineDots: { readonly style: string; readonly dashes: readonly number[]; readonly cap: string };
  readonly tkEdge: { readonly borderColor: string; readonly borderWidth: number; readonly borderStyle: string };
  readonly tkMove: { readonly duration: number; readonly delay: number; readonly easing: readonly [number, number, number, number] };
  readonly tkLift: readonly { readonly color: string; readonly offsetX: number; readonly offsetY: number; readonly blurRadius: number; readonly spreadDistance: number; readonly inset: boolean }[];
  readonly tkSky: { readonly colors: readonly string[]; readonly locations: readonly number[] };
  readonly tkBody: { readonly fontFamily: string; readonly fontSize: number; readonly fontWeight: number; readonly letterSpacing: number; readonly lineHeight: number };
  readonly tkCopy: { readonly fontFamily: string; readonly fontSize: number; readonly fontWeight: number; readonly letterSpacing: number; readonly lineHeight: number };
}
export declare const tkModes: { readonly "light": TkTokens, readonly "dark": TkTokens, readonly "light-contrast": TkTokens, readonly "dark-contrast": TkTokens };
