"""What a sanitised SVG may hold: names of elements, attributes, CSS properties and functions.

Everything is refused that is not named here. The lists follow SVG 2 and Filter Effects 1, less whatever runs, moves,
links or loads: script, animation, foreignObject, a, feImage, cursor, and every event attribute.
"""

from __future__ import annotations

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FILTER_PRIMITIVES = """
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology
    feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
"""

ELEMENTS = _words(
    f"""
    svg g defs symbol use title desc style
    path rect circle ellipse line polyline polygon image text tspan
    linearGradient radialGradient stop pattern clipPath mask marker filter
    {_FILTER_PRIMITIVES}
    """
)

TEXT_ELEMENTS = frozenset({"text", "tspan", "title", "desc", "style"})
"""Elements whose character data is kept."""

UNWRAPPED = frozenset({"a", "switch"})
"""Elements whose content is drawn without them."""

UNDRAWN = frozenset({"metadata"})
"""Elements that draw nothing and do nothing: left out without a word, like comments."""

EDITOR_NAMESPACES = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://ns.adobe.com/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.figma.com/",
    "http://www.serif.com/",
    "http://vectornator.io",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://www.corel.com/",
    "https://boxy-svg.com",
    "http://krita.org/",
)
"""Where drawing tools keep their notes: left out without a word. Any other namespace is worth a warning."""

PROPERTIES = _words(
    """
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters
    direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font-family
    font-size font-size-adjust font-stretch font-style font-variant font-weight image-rendering isolation
    letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity
    overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
    text-rendering transform transform-box transform-origin unicode-bidi vector-effect visibility word-spacing
    writing-mode background-color
    """
)
"""CSS properties, which are presentation attributes too."""

UNDRAWN_PROPERTIES = _words(
    """
    enable-background font-variant-ligatures font-variant-caps font-variant-numeric font-feature-settings
    font-variant-east-asian font-variant-position font-variation-settings line-height text-align text-indent
    text-transform white-space shape-padding shape-margin inline-size solid-color solid-opacity text-orientation
    text-decoration-line text-decoration-style text-decoration-color clip font user-select pointer-events cursor
    -inkscape-font-specification -inkscape-stroke color-rendering marks block-progression page-break-inside
    """
)
"""Properties that drawing tools write and that change nothing here: left out without a word."""

ATTRIBUTES = PROPERTIES | _words(
    """
    id class style viewBox preserveAspectRatio width height x y x1 x2 y1 y2 cx cy r rx ry fx fy fr d points dx dy
    rotate textLength lengthAdjust offset transform gradientUnits gradientTransform spreadMethod patternUnits
    patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits
    markerUnits markerWidth markerHeight refX refY orient pathLength role
    in in2 result stdDeviation mode type values tableValues slope intercept amplitude exponent operator k1 k2 k3 k4
    order kernelMatrix divisor bias targetX targetY edgeMode preserveAlpha kernelUnitLength surfaceScale
    diffuseConstant specularConstant specularExponent scale xChannelSelector yChannelSelector azimuth elevation z
    pointsAtX pointsAtY pointsAtZ limitingConeAngle radius baseFrequency numOctaves seed stitchTiles
    """
)

UNDRAWN_ATTRIBUTES = UNDRAWN_PROPERTIES | _words(
    """
    version baseProfile contentScriptType contentStyleType zoomAndPan focusable tabindex lang name
    requiredFeatures requiredExtensions systemLanguage externalResourcesRequired filterRes overflow-x
    nodetypes glyph-orientation-vertical
    """
)
"""Attributes that change nothing here, beside all of `data-*` and `aria-*`: left out without a word."""

UNDRAWN_FOREIGN = frozenset(
    {(XLINK, name) for name in _words("type show actuate title role arcrole")} | {(XML, "lang")}
)

LINKED = frozenset({"use", "linearGradient", "radialGradient", "pattern", "filter", "image"})
"""Elements that may have an href: `#id`, or a picture as data on `image`."""

FUNCTIONS = _words(
    """
    rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp
    matrix translate translatex translatey scale scalex scaley rotate skewx skewy
    blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
    """
)
"""CSS functions that load nothing; `url(#id)` is treated apart."""
