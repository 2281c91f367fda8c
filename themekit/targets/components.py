"""The component library as CSS: the same bytes for every brand, as it only reads custom properties."""

from themekit.render.stylesheets import sheet_target

TARGET = sheet_target("components", "Buttons, forms, cards and other components")
