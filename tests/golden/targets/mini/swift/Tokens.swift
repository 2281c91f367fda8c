// Made by themekit from design tokens: change those, not this file.

import UIKit

/// A cubic Bezier curve of motion.
public struct TkCurve {
  public let x1: Double
  public let y1: Double
  public let x2: Double
  public let y2: Double
}

/// A line: a style by name, or `dashed` with the lengths of dashes and gaps, and a cap.
public struct TkStroke {
  public let style: String
  public let dashes: [CGFloat]
  public let cap: String
}

/// A line around a box.
public struct TkBorder {
  public let color: UIColor
  public let width: CGFloat
  public let stroke: TkStroke
}

/// A change over time.
public struct TkTransition {
  public let duration: TimeInterval
  public let delay: TimeInterval
  public let curve: TkCurve
}

/// One layer of a shadow; the topmost comes first.
public struct TkShadow {
  public let color: UIColor
  public let x: CGFloat
  public let y: CGFloat
  public let blur: CGFloat
  public let spread: CGFloat
  public let isInset: Bool
}

/// A stop of a gradient; its position is 0 to 1.
public struct TkStop {
  public let color: UIColor
  public let position: Double
}

/// A style of text: families by preference, and a line height that is a multiple of the size.
public struct TkTextStyle {
  public let families: [String]
  public let size: CGFloat
  public let weight: Double
  public let letterSpacing: CGFloat
  public let lineHeight: Double
}

/// The tokens in the mode light.
open class TkTokens {
  public init() {}
  /// Outside sRGB in both schemes
  open var tkColorBrand: UIColor { UIColor(displayP3Red: 0, green: 0.7814, blue: 0.2008, alpha: 1) }
  open var tkColorPage: UIColor { UIColor(red: 1, green: 1, blue: 1, alpha: 1) }
  open var tkColorText: UIColor { UIColor(red: 0.1059, green: 0.1098, blue: 0.1255, alpha: 1) }
  open var tkColorVeil: UIColor { UIColor(red: 0, green: 0, blue: 0, alpha: 0.4) }
  open var tkColorLink: UIColor { tkColorBrand }
  open var tkColorFocus: UIColor { tkColorBrand }
  open var tkFontBody: [String] { ["Ünder & Co", "Segoe UI", "system-ui"] }
  open var tkFontHeavy: Double { 700 }
  open var tkSpaceS: CGFloat { 8 }
  open var tkSpaceNone: CGFloat { 0 }
  @available(*, deprecated, message: "use space")
  open var tkRatio: Double { -0.125 }
  open var tkTimeFast: TimeInterval { 0.12 }
  open var tkTimeSlow: TimeInterval { 0.3 }
  open var tkEase: TkCurve { TkCurve(x1: 0.2, y1: 0, x2: 0, y2: 1) }
  open var tkLineDashes: TkStroke { TkStroke(style: "dashed", dashes: [4, 8], cap: "round") }
  open var tkLineDots: TkStroke { TkStroke(style: "dotted", dashes: [], cap: "butt") }
  open var tkEdge: TkBorder { TkBorder(color: UIColor(displayP3Red: 0, green: 0.7814, blue: 0.2008, alpha: 1), width: 1, stroke: TkStroke(style: "dotted", dashes: [], cap: "butt")) }
  open var tkMove: TkTransition { TkTransition(duration: 0.12, delay: 0.01, curve: TkCurve(x1: 0.2, y1: 0, x2: 0, y2: 1)) }
  open var tkLift: [TkShadow] { [TkShadow(color: UIColor(red: 0, green: 0, blue: 0, alpha: 0.4), x: 0, y: 1, blur: 2, spread: 0, isInset: false), TkShadow(color: UIColor(displayP3Red: 0, green: 0.7814, blue: 0.2008, alpha: 1), x: 0, y: 0, blur: 4, spread: -1, isInset: true)] }
  open var tkSky: [TkStop] { [TkStop(color: UIColor(displayP3Red: 0, green: 0.7814, blue: 0.2008, alpha: 1), position: 0), TkStop(color: UIColor(red: 1, green: 1, blue: 1, alpha: 1), position: 0.625)] }
  open var tkBody: TkTextStyle { TkTextStyle(families: ["Ünder & Co", "Segoe UI", "system-ui"], size: 16, weight: 400, letterSpacing: 0, lineHeight: 1.5) }
  open var tkCopy: TkTextStyle { tkBody }
}

/// The tokens in the mode dark.
open class TkTokensDark: TkTokens {
  public override init() { super.init() }
  open override var tkColorBrand: UIColor { UIColor(displayP3Red: 0, green: 0.8476, blue: 0.2727, alpha: 1) }
  open override var tkColorPage: UIColor { UIColor(red: 0.0627, green: 0.0667, blue: 0.0784, alpha: 1) }
  open override var tkColorText: UIColor { UIColor(red: 0.9333, green: 0.9333, blue: 0.9333, alpha: 1) }
  open override var tkColorFocus: UIColor { tkColorText }
  open override var tkEdge: TkBorder { TkBorder(color: UIColor(displayP3Red: 0, green: 0.8476, blue: 0.2727, alpha: 1), width: 1, stroke: TkStroke(style: "dotted", dashes: [], cap: "butt")) }
  open override var tkLift: [TkShadow] { [TkShadow(color: UIColor(red: 0, green: 0, blue: 0, alpha: 0.4), x: 0, y: 1, blur: 2, spread: 0, isInset: false), TkShadow(color: UIColor(displayP3Red: 0, green: 0.8476, blue: 0.2727, alpha: 1), x: 0, y: 0, blur: 4, spread: -1, isInset: true)] }
  open override var tkSky: [TkStop] { [TkStop(color: UIColor(displayP3Red: 0, green: 0.8476, blue: 0.2727, alpha: 1), position: 0), TkStop(color: UIColor(red: 1, green: 1, blue: 1, alpha: 1), position: 0.625)] }
}

/// The tokens in the mode light-contrast.
open class TkTokensLightContrast: TkTokens {
  public override init() { super.init() }
  open override var tkColorBrand: UIColor { UIColor(red: 0, green: 0.2667, blue: 0, alpha: 1) }
  open override var tkEdge: TkBorder { TkBorder(color: UIColor(red: 0, green: 0.2667, blue: 0, alpha: 1), width: 1, stroke: TkStroke(style: "dotted", dashes: [], cap: "butt")) }
  open override var tkLift: [TkShadow] { [TkShadow(color: UIColor(red: 0, green: 0, blue: 0, alpha: 0.4), x: 0, y: 1, blur: 2, spread: 0, isInset: false), TkShadow(color: UIColor(red: 0, green: 0.2667, blue: 0, alpha: 1), x: 0, y: 0, blur: 4, spread: -1, isInset: true)] }
  open override var tkSky: [TkStop] { [TkStop(color: UIColor(red: 0, green: 0.2667, blue: 0, alpha: 1), position: 0), TkStop(color: UIColor(red: 1, green: 1, blue: 1, alpha: 1), position: 0.625)] }
}

/// The tokens in the mode dark-contrast.
open class TkTokensDarkContrast: TkTokens {
  public override init() { super.init() }
  open override var tkColorBrand: UIColor { UIColor(red: 0.5333, green: 1, blue: 0.5333, alpha: 1) }
  open override var tkColorPage: UIColor { UIColor(red: 0, green: 0, blue: 0, alpha: 1) }
  open override var tkColorText: UIColor { UIColor(red: 0.9333, green: 0.9333, blue: 0.9333, alpha: 1) }
  open override var tkColorFocus: UIColor { tkColorText }
  open override var tkEdge: TkBorder { TkBorder(color: UIColor(red: 0.5333, green: 1, blue: 0.5333, alpha: 1), width: 1, stroke: TkStroke(style: "dotted", dashes: [], cap: "butt")) }
  open override var tkLift: [TkShadow] { [TkShadow(color: UIColor(red: 0, green: 0, blue: 0, alpha: 0.4), x: 0, y: 1, blur: 2, spread: 0, isInset: false), TkShadow(color: UIColor(red: 0.5333, green: 1, blue: 0.5333, alpha: 1), x: 0, y: 0, blur: 4, spread: -1, isInset: true)] }
  open override var tkSky: [TkStop] { [TkStop(color: UIColor(red: 0.5333, green: 1, blue: 0.5333, alpha: 1), position: 0), TkStop(color: UIColor(red: 1, green: 1, blue: 1, alpha: 1), position: 0.625)] }
}

public extension TkTokens {
  /// The tokens for the traits of a view.
  static func of(_ traits: UITraitCollection) -> TkTokens {
    let isDark = traits.userInterfaceStyle == .dark
    let isHigh = traits.accessibilityContrast == .high
    if isHigh { return isDark ? TkTokensDarkContrast() : TkTokensLightContrast() }
    return isDark ? TkTokensDark() : TkTokens()
  }
}

public extension UIColor {
  static var tkColorBrand: UIColor { UIColor { TkTokens.of($0).tkColorBrand } }
  static var tkColorPage: UIColor { UIColor { TkTokens.of($0).tkColorPage } }
  static var tkColorText: UIColor { UIColor { TkTokens.of($0).tkColorText } }
  static var tkColorVeil: UIColor { UIColor { TkTokens.of($0).tkColorVeil } }
  static var tkColorLink: UIColor { UIColor { TkTokens.of($0).tkColorLink } }
  static var tkColorFocus: UIColor { UIColor { TkTokens.of($0).tkColorFocus } }
}
