// Made by themekit from design tokens: change those, not this file.
@file:Suppress("unused")

package themekit.tokens

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.colorspace.ColorSpaces
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

/** A cubic Bezier curve of motion. */
data class TkCurve(val x1: Double, val y1: Double, val x2: Double, val y2: Double)

/** A line: a style by name, or `dashed` with the lengths of dashes and gaps, and a cap. */
data class TkStroke(val style: String, val dashes: List<Dp>, val cap: String)

/** A line around a box. */
data class TkBorder(val color: Color, val width: Dp, val stroke: TkStroke)

/** A change over time. */
data class TkTransition(val duration: Double, val delay: Double, val curve: TkCurve)

/** One layer of a shadow; the topmost comes first. */
data class TkShadow(val color: Color, val x: Dp, val y: Dp, val blur: Dp, val spread: Dp, val isInset: Boolean)

/** A stop of a gradient; its position is 0 to 1. */
data class TkStop(val color: Color, val position: Double)

/** A style of text: families by preference, and a line height that is a multiple of the size. */
data class TkTextStyle(val families: List<String>, val size: TextUnit, val weight: Double, val letterSpacing: TextUnit, val lineHeight: Double)

/** The tokens in the mode light. */
open class TkTokens {
    /** Outside sRGB in both schemes */
    open val tkColorBrand: Color get() = Color(0f, 0.7814f, 0.2008f, 1f, ColorSpaces.DisplayP3)
    open val tkColorPage: Color get() = Color(0xFFFFFFFF)
    open val tkColorText: Color get() = Color(0xFF1B1C20)
    open val tkColorVeil: Color get() = Color(0x66000000)
    open val tkColorLink: Color get() = tkColorBrand
    open val tkColorFocus: Color get() = tkColorBrand
    open val tkFontBody: List<String> get() = listOf("Ünder & Co", "Segoe UI", "system-ui")
    open val tkFontHeavy: Double get() = 700.0
    open val tkSpaceS: Dp get() = (8).dp
    open val tkSpaceNone: Dp get() = (0).dp
    @Deprecated("use space")
    open val tkRatio: Double get() = -0.125
    open val tkTimeFast: Double get() = 120.0
    open val tkTimeSlow: Double get() = 300.0
    open val tkEase: TkCurve get() = TkCurve(0.2, 0.0, 0.0, 1.0)
    open val tkLineDashes: TkStroke get() = TkStroke("dashed", listOf((4).dp, (8).dp), "round")
    open val tkLineDots: TkStroke get() = TkStroke("dotted", emptyList<Dp>(), "butt")
    open val tkEdge: TkBorder get() = TkBorder(Color(0f, 0.7814f, 0.2008f, 1f, ColorSpaces.DisplayP3), (1).dp, TkStroke("dotted", emptyList<Dp>(), "butt"))
    open val tkMove: TkTransition get() = TkTransition(120.0, 10.0, TkCurve(0.2, 0.0, 0.0, 1.0))
    open val tkLift: List<TkShadow> get() = listOf(TkShadow(Color(0x66000000), (0).dp, (1).dp, (2).dp, (0).dp, false), TkShadow(Color(0f, 0.7814f, 0.2008f, 1f, ColorSpaces.DisplayP3), (0).dp, (0).dp, (4).dp, (-1).dp, true))
    open val tkSky: List<TkStop> get() = listOf(TkStop(Color(0f, 0.7814f, 0.2008f, 1f, ColorSpaces.DisplayP3), 0.0), TkStop(Color(0xFFFFFFFF), 0.625))
    open val tkBody: TkTextStyle get() = TkTextStyle(listOf("Ünder & Co", "Segoe UI", "system-ui"), (16).sp, 400.0, (0).sp, 1.5)
    open val tkCopy: TkTextStyle get() = tkBody
}

/** The tokens in the mode dark. */
class TkTokensDark : TkTokens() {
    override val tkColorBrand: Color get() = Color(0f, 0.8476f, 0.2727f, 1f, ColorSpaces.DisplayP3)
    override val tkColorPage: Color get() = Color(0xFF101114)
    override val tkColorText: Color get() = Color(0xFFEEEEEE)
    override val tkColorFocus: Color get() = tkColorText
    override val tkEdge: TkBorder get() = TkBorder(Color(0f, 0.8476f, 0.2727f, 1f, ColorSpaces.DisplayP3), (1).dp, TkStroke("dotted", emptyList<Dp>(), "butt"))
    override val tkLift: List<TkShadow> get() = listOf(TkShadow(Color(0x66000000), (0).dp, (1).dp, (2).dp, (0).dp, false), TkShadow(Color(0f, 0.8476f, 0.2727f, 1f, ColorSpaces.DisplayP3), (0).dp, (0).dp, (4).dp, (-1).dp, true))
    override val tkSky: List<TkStop> get() = listOf(TkStop(Color(0f, 0.8476f, 0.2727f, 1f, ColorSpaces.DisplayP3), 0.0), TkStop(Color(0xFFFFFFFF), 0.625))
}

/** The tokens in the mode light-contrast. */
class TkTokensLightContrast : TkTokens() {
    override val tkColorBrand: Color get() = Color(0xFF004400)
    override val tkEdge: TkBorder get() = TkBorder(Color(0xFF004400), (1).dp, TkStroke("dotted", emptyList<Dp>(), "butt"))
    override val tkLift: List<TkShadow> get() = listOf(TkShadow(Color(0x66000000), (0).dp, (1).dp, (2).dp, (0).dp, false), TkShadow(Color(0xFF004400), (0).dp, (0).dp, (4).dp, (-1).dp, true))
    override val tkSky: List<TkStop> get() = listOf(TkStop(Color(0xFF004400), 0.0), TkStop(Color(0xFFFFFFFF), 0.625))
}

/** The tokens in the mode dark-contrast. */
class TkTokensDarkContrast : TkTokens() {
    override val tkColorBrand: Color get() = Color(0xFF88FF88)
    override val tkColorPage: Color get() = Color(0xFF000000)
    override val tkColorText: Color get() = Color(0xFFEEEEEE)
    override val tkColorFocus: Color get() = tkColorText
    override val tkEdge: TkBorder get() = TkBorder(Color(0xFF88FF88), (1).dp, TkStroke("dotted", emptyList<Dp>(), "butt"))
    override val tkLift: List<TkShadow> get() = listOf(TkShadow(Color(0x66000000), (0).dp, (1).dp, (2).dp, (0).dp, false), TkShadow(Color(0xFF88FF88), (0).dp, (0).dp, (4).dp, (-1).dp, true))
    override val tkSky: List<TkStop> get() = listOf(TkStop(Color(0xFF88FF88), 0.0), TkStop(Color(0xFFFFFFFF), 0.625))
}

/** The tokens for what the system says. */
fun tkTokens(isDark: Boolean, isHighContrast: Boolean = false): TkTokens = when {
    isDark && isHighContrast -> TkTokensDarkContrast()
    isDark -> TkTokensDark()
    isHighContrast -> TkTokensLightContrast()
    else -> TkTokens()
}
