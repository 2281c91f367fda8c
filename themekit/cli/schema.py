"""`themekit schema`: print the JSON Schema of an input file, for editors and CI."""

import click


@click.command(short_help="Print the JSON Schema of brand.json or policy.json, for editors.")
@click.argument("document", type=click.Choice(["brand", "policy"]), metavar="DOCUMENT")
def command(document: str) -> None:
    """Print the JSON Schema of DOCUMENT (draft 2020-12), which is `brand` or `policy`.

    `themekit init` puts it beside the brands and names it in their "$schema": editors then complete and check what you
    type. After an update: themekit schema brand > brands/brand.schema.json
    """
    from themekit.source.policy_schema import policy_schema
    from themekit.source.schema import brand_schema

    schemas = {"brand": brand_schema, "policy": policy_schema}
    click.echo(schemas[document]().encode(), nl=False)  # JSON is UTF-8 whatever the locale
