// Made by themekit from design tokens: change those, not this file.
// ignore_for_file: non_constant_identifier_names

import 'dart:ui' show Color, ColorSpace;

/// A cubic Bezier curve of motion.
class TkCurve {
  const TkCurve({required this.x1, required this.y1, required this.x2, required this.y2});
  final double x1;
  final double y1;
  final double x2;
  final double y2;
}

/// A line: a style by name, or `dashed` with the lengths of dashes and gaps, and a cap.
class TkStroke {
  const TkStroke({required this.style, required this.dashes, required this.cap});
  final String style;
  final List<double> dashes;
  final String cap;
}

/// A line around a box.
class TkBorder {
  const TkBorder({required this.color, required this.width, required this.stroke});
  final Color color;
  final double width;
  final TkStroke stroke;
}

/// A change over time.
class TkTransition {
  const TkTransition({required this.duration, required this.delay, required this.curve});
  final Duration duration;
  final Duration delay;
  final TkCurve curve;
}

/// One layer of a shadow; the topmost comes first.
class TkShadow {
  const TkShadow({required this.color, required this.x, required this.y, required this.blur, required this.spread, required this.isInset});
  final Color color;
  final double x;
  final double y;
  final double blur;
  final double spread;
  final bool isInset;
}

/// A stop of a gradient; its position is 0 to 1.
class TkStop {
  const TkStop({required this.color, required this.position});
  final Color color;
  final double position;
}

/// A style of text: families by preference, and a line height that is a multiple of the size.
class TkTextStyle {
  const TkTextStyle({required this.families, required this.size, required this.weight, required this.letterSpacing, required this.lineHeight});
  final List<String> families;
  final double size;
  final double weight;
  final double letterSpacing;
  final double lineHeight;
}

/// The tokens in the mode light.
class TkTokens {
  const TkTokens();

  /// The tokens for what the system says.
  static TkTokens of({required bool isDark, bool isHighContrast = false}) {
    if (isHighContrast) return isDark ? const TkTokensDarkContrast() : const TkTokensLightContrast();
    return isDark ? const TkTokensDark() : const TkTokens();
  }

  /// Outside sRGB in both schemes
  Color get tkColorBrand => const Color.from(alpha: 1, red: 0, green: 0.7814, blue: 0.2008, colorSpace: ColorSpace.displayP3);

  Color get tkColorPage => const Color(0xFFFFFFFF);

  Color get tkColorText => const Color(0xFF1B1C20);

  Color get tkColorVeil => const Color(0x66000000);

  Color get tkColorLink => tkColorBrand;

  Color get tkColorFocus => tkColorBrand;

  List<String> get tkFontBody => const ['Ünder & Co', 'Segoe UI', 'system-ui'];

  double get tkFontHeavy => 700.0;

  double get tkSpaceS => 8.0;

  double get tkSpaceNone => 0.0;

  @Deprecated('use space')
  double get tkRatio => -0.125;

  Duration get tkTimeFast => const Duration(microseconds: 120000);

  Duration get tkTimeSlow => const Duration(microseconds: 300000);

  TkCurve get tkEase => const TkCurve(x1: 0.2, y1: 0.0, x2: 0.0, y2: 1.0);

  TkStroke get tkLineDashes => const TkStroke(style: 'dashed', dashes: [4.0, 8.0], cap: 'round');

  TkStroke get tkLineDots => const TkStroke(style: 'dotted', dashes: [], cap: 'butt');

  TkBorder get tkEdge => const TkBorder(color: Color.from(alpha: 1, red: 0, green: 0.7814, blue: 0.2008, colorSpace: ColorSpace.displayP3), width: 1.0, stroke: TkStroke(style: 'dotted', dashes: [], cap: 'butt'));

  TkTransition get tkMove => const TkTransition(duration: Duration(microseconds: 120000), delay: Duration(microseconds: 10000), curve: TkCurve(x1: 0.2, y1: 0.0, x2: 0.0, y2: 1.0));

  List<TkShadow> get tkLift => const [TkShadow(color: Color(0x66000000), x: 0.0, y: 1.0, blur: 2.0, spread: 0.0, isInset: false), TkShadow(color: Color.from(alpha: 1, red: 0, green: 0.7814, blue: 0.2008, colorSpace: ColorSpace.displayP3), x: 0.0, y: 0.0, blur: 4.0, spread: -1.0, isInset: true)];

  List<TkStop> get tkSky => const [TkStop(color: Color.from(alpha: 1, red: 0, green: 0.7814, blue: 0.2008, colorSpace: ColorSpace.displayP3), position: 0.0), TkStop(color: Color(0xFFFFFFFF), position: 0.625)];

  TkTextStyle get tkBody => const TkTextStyle(families: const ['Ünder & Co', 'Segoe UI', 'system-ui'], size: 16.0, weight: 400.0, letterSpacing: 0.0, lineHeight: 1.5);

  TkTextStyle get tkCopy => tkBody;
}

/// The tokens in the mode dark.
class TkTokensDark extends TkTokens {
  const TkTokensDark();

  @override
  Color get tkColorBrand => const Color.from(alpha: 1, red: 0, green: 0.8476, blue: 0.2727, colorSpace: ColorSpace.displayP3);

  @override
  Color get tkColorPage => const Color(0xFF101114);

  @override
  Color get tkColorText => const Color(0xFFEEEEEE);

  @override
  Color get tkColorFocus => tkColorText;

  @override
  TkBorder get tkEdge => const TkBorder(color: Color.from(alpha: 1, red: 0, green: 0.8476, blue: 0.2727, colorSpace: ColorSpace.displayP3), width: 1.0, stroke: TkStroke(style: 'dotted', dashes: [], cap: 'butt'));

  @override
  List<TkShadow> get tkLift => const [TkShadow(color: Color(0x66000000), x: 0.0, y: 1.0, blur: 2.0, spread: 0.0, isInset: false), TkShadow(color: Color.from(alpha: 1, red: 0, green: 0.8476, blue: 0.2727, colorSpace: ColorSpace.displayP3), x: 0.0, y: 0.0, blur: 4.0, spread: -1.0, isInset: true)];

  @override
  List<TkStop> get tkSky => const [TkStop(color: Color.from(alpha: 1, red: 0, green: 0.8476, blue: 0.2727, colorSpace: ColorSpace.displayP3), position: 0.0), TkStop(color: Color(0xFFFFFFFF), position: 0.625)];
}

/// The tokens in the mode light-contrast.
class TkTokensLightContrast extends TkTokens {
  const TkTokensLightContrast();

  @override
  Color get tkColorBrand => const Color(0xFF004400);

  @override
  TkBorder get tkEdge => const TkBorder(color: Color(0xFF004400), width: 1.0, stroke: TkStroke(style: 'dotted', dashes: [], cap: 'butt'));

  @override
  List<TkShadow> get tkLift => const [TkShadow(color: Color(0x66000000), x: 0.0, y: 1.0, blur: 2.0, spread: 0.0, isInset: false), TkShadow(color: Color(0xFF004400), x: 0.0, y: 0.0, blur: 4.0, spread: -1.0, isInset: true)];

  @override
  List<TkStop> get tkSky => const [TkStop(color: Color(0xFF004400), position: 0.0), TkStop(color: Color(0xFFFFFFFF), position: 0.625)];
}

/// The tokens in the mode dark-contrast.
class TkTokensDarkContrast extends TkTokens {
  const TkTokensDarkContrast();

  @override
  Color get tkColorBrand => const Color(0xFF88FF88);

  @override
  Color get tkColorPage => const Color(0xFF000000);

  @override
  Color get tkColorText => const Color(0xFFEEEEEE);

  @override
  Color get tkColorFocus => tkColorText;

  @override
  TkBorder get tkEdge => const TkBorder(color: Color(0xFF88FF88), width: 1.0, stroke: TkStroke(style: 'dotted', dashes: [], cap: 'butt'));

  @override
  List<TkShadow> get tkLift => const [TkShadow(color: Color(0x66000000), x: 0.0, y: 1.0, blur: 2.0, spread: 0.0, isInset: false), TkShadow(color: Color(0xFF88FF88), x: 0.0, y: 0.0, blur: 4.0, spread: -1.0, isInset: true)];

  @override
  List<TkStop> get tkSky => const [TkStop(color: Color(0xFF88FF88), position: 0.0), TkStop(color: Color(0xFFFFFFFF), position: 0.625)];
}
