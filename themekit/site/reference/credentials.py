"""Security in words: what an operation needs, and how each scheme is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.site.reference.markup import code, escaped, heading, html_block, plain
from themekit.site.reference.places import Place
from themekit.site.reference.prose import is_safe_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model.api import ApiModel, Flow, Requirement, Scheme, SchemeId
    from themekit.site.reference.members import Members

AUTHENTICATION = "authentication"


def scheme_anchor(scheme: Scheme) -> str:
    """Where a scheme is described on the page of all schemes."""
    return f"scheme-{'-'.join(scheme.name)}"


def needed(security: Sequence[Sequence[Requirement]], members: Members, *, api: ApiModel) -> str:
    """What a request must prove, with a link to how that is done."""
    words = members.words
    alternatives = [each for each in security if each]
    if not alternatives:
        return f"<p>{words['public']}</p>"
    schemes = {each.id: each for each in api.schemes}
    shown = [_all_of(each, schemes, members) for each in alternatives]
    if len(alternatives) < len(security):
        shown.append(words["or-none"])
    if len(shown) == 1:
        return f"<p>{shown[0]}</p>"
    return f"<p>{words['any-of']}</p><ul>{''.join(f'<li>{each}</li>' for each in shown)}</ul>"


def _all_of(requirements: Sequence[Requirement], schemes: Mapping[SchemeId, Scheme], members: Members) -> str:
    parts = []
    for requirement in requirements:
        scheme = schemes.get(requirement.scheme)
        shown = escaped(requirement.scheme)
        if scheme is not None:
            place = Place(AUTHENTICATION, scheme_anchor(scheme))
            shown = f'<a href="{members.places.link(place, seen_from=members.page)}">{shown}</a>'
        if requirement.scopes:
            shown += f" ({members.words['scopes']}: {', '.join(map(code, requirement.scopes))})"
        parts.append(shown)
    return f" {members.words['and']} ".join(parts)


def scheme_sections(api: ApiModel, members: Members) -> Iterator[str]:
    """A section for each scheme, in Markdown."""
    bases = tuple(each.url.rstrip("/") for each in api.servers)
    for scheme in api.schemes:
        yield f"## {heading(scheme.id)} {{ #{scheme_anchor(scheme)} }}"
        yield html_block(_scheme(scheme, members, bases=bases))


def _scheme(scheme: Scheme, members: Members, *, bases: Sequence[str]) -> str:
    facts = {
        "header": code("Authorization"),
        "scheme": code(scheme.scheme),
        "wire": code(scheme.wire),
        "place": members.words.get(f"in-{scheme.place}", ""),
        "url": _address(scheme.openid_url, bases),
    }
    told = members.words[scheme.kind].format_map(facts)
    flows = "".join(part for flow in scheme.flows for part in _flow(flow, members, bases=bases))
    return f"<p>{told}</p>{members.text_of(scheme.docs, below=2)}{flows}"


def _flow(flow: Flow, members: Members, *, bases: Sequence[str]) -> Iterator[str]:
    words = members.words
    yield f"<h3>{words[f'flow-{flow.kind}']}</h3>"
    urls = (
        ("authorization-url", flow.authorization_url),
        ("token-url", flow.token_url),
        ("refresh-url", flow.refresh_url),
    )
    items = "".join(f"<li>{words[name]}: {_address(url, bases)}</li>" for name, url in urls if url)
    if items:
        yield f"<ul>{items}</ul>"
    if flow.scopes:
        rows = "".join(
            f"<tr><td>{code(name)}</td><td>{members.prose.block(text)}</td></tr>" for name, text in flow.scopes
        )
        head = f"<tr><th>{words['scope']}</th><th>{words['meaning']}</th></tr>"
        yield f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _address(url: str, bases: Sequence[str]) -> str:
    """An address, which is a link if it is one of the web. One below a server of the description is the brand's."""
    for base in bases:
        if base and url.startswith(f"{base}/"):
            # The brand's placeholder stands outside of what is escaped; SDKs ask the same address.
            return f"<code>{{{{ brand.api.baseUrl }}}}{escaped(plain(url.removeprefix(base)))}</code>"
    if url.startswith(("https://", "http://")) and is_safe_link(url):
        return f'<a href="{escaped(url)}">{code(url)}</a>'
    return code(url)
