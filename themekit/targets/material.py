"""Material for MkDocs in the brand's clothes: the same bytes for every brand, as it only reads custom properties.

`tokens.css` follows `data-md-color-scheme`, so one rule maps every `--md-*` variable for all schemes. The palette must
be `primary: custom, accent: custom`, or the stock palette's colours come back in places.
"""

from themekit.render.stylesheets import sheet_target

TARGET = sheet_target("material", "Every colour and shape of Material for MkDocs")
