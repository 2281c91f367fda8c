"""The values that flow between the stages. Read these first: all the rest are functions between them.

Names are found when they are asked for: a build in which nothing changed needs few of them, and making these classes
would be a sixth of its time.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.model.artifact import Artifact, Loss, Setting, Target, TargetOptions
    from themekit.model.brand import (
        Announcement,
        Api,
        AskedTarget,
        Brand,
        BrandId,
        ColorOptions,
        Contact,
        FontFamily,
        FontFile,
        GoSdk,
        JavaSdk,
        Logos,
        NavigationLink,
        Palettes,
        Portal,
        PythonSdk,
        Sdk,
        Seeds,
        Shape,
        SocialLink,
        TypeScale,
        TypeScriptSdk,
        Typography,
        Urls,
    )
    from themekit.model.origin import Origin
    from themekit.model.resolved_tokens import ResolvedToken, ResolvedTokens
    from themekit.model.site import FileTemplate, SiteTemplate, Slot, SourceFile
    from themekit.model.token import (
        Alias,
        BorderValue,
        Color,
        CubicBezier,
        Dimension,
        Duration,
        FontNames,
        GradientStop,
        Mode,
        ResolvedValue,
        ShadowLayer,
        StrokeStyle,
        TokenId,
        TokenType,
        TransitionValue,
        TypographyValue,
        WrittenColor,
    )
    from themekit.model.token_set import LostToken, ModeValue, Token, TokenGroup, TokenSet

__all__ = [
    "Alias",
    "Announcement",
    "Api",
    "Artifact",
    "AskedTarget",
    "BorderValue",
    "Brand",
    "BrandId",
    "Color",
    "ColorOptions",
    "Contact",
    "CubicBezier",
    "Dimension",
    "Duration",
    "FileTemplate",
    "FontFamily",
    "FontFile",
    "FontNames",
    "GoSdk",
    "GradientStop",
    "JavaSdk",
    "Logos",
    "Loss",
    "LostToken",
    "Mode",
    "ModeValue",
    "NavigationLink",
    "Origin",
    "Palettes",
    "Portal",
    "PythonSdk",
    "ResolvedToken",
    "ResolvedTokens",
    "ResolvedValue",
    "Sdk",
    "Seeds",
    "Setting",
    "ShadowLayer",
    "Shape",
    "SiteTemplate",
    "Slot",
    "SocialLink",
    "SourceFile",
    "StrokeStyle",
    "Target",
    "TargetOptions",
    "Token",
    "TokenGroup",
    "TokenId",
    "TokenSet",
    "TokenType",
    "TransitionValue",
    "TypeScale",
    "TypeScriptSdk",
    "Typography",
    "TypographyValue",
    "Urls",
    "WrittenColor",
]

_HOMES = {
    **dict.fromkeys(("Artifact", "Loss", "Setting", "Target", "TargetOptions"), "artifact"),
    "Origin": "origin",
    **dict.fromkeys(("FileTemplate", "SiteTemplate", "Slot", "SourceFile"), "site"),
    **dict.fromkeys(("ResolvedToken", "ResolvedTokens"), "resolved_tokens"),
    **dict.fromkeys(("LostToken", "ModeValue", "Token", "TokenGroup", "TokenSet"), "token_set"),
    **dict.fromkeys(
        (
            *("Alias", "BorderValue", "Color", "CubicBezier", "Dimension", "Duration", "FontNames", "GradientStop"),
            *("Mode", "ResolvedValue", "ShadowLayer", "StrokeStyle", "TokenId", "TokenType", "TransitionValue"),
            *("TypographyValue", "WrittenColor"),
        ),
        "token",
    ),
}
"""The module of each name; all others are in `brand`, whose classes take as long to make as those of all the rest."""


def __getattr__(name: str) -> object:
    """A name of one of the modules, kept from then on. Source: PEP 562."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'brand')}"), name)
    return globals()[name]
