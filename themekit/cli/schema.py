"""`themekit schema`: print the JSON Schema of an input file, for editors and CI."""

import click


@click.command()
@click.argument("document", type=click.Choice(["brand"]))
def command(document: str) -> None:
    """Print the JSON Schema of DOCUMENT (draft 2020-12).

    Save it beside your brands and name it in their "$schema": editors then complete and check what you type.
    """
    from themekit.source.schema import brand_schema

    schemas = {"brand": brand_schema}
    click.echo(schemas[document](), nl=False)
