"""An API made of the examples of its description: each operation answers with its example, whatever it is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.gateway.requests import closest_first, path_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model.policy import Policy
    from themekit.source.examples import ExampleAnswer
    from themekit.trial.serving import Message, Receive, Send

NO_EXAMPLE = b"x-no-example"


class SampleApi:
    """The ASGI application. `change` puts another description in its place."""

    def __init__(self, policy: Policy, answers: Iterable[ExampleAnswer]) -> None:
        """Operations are told by method and path, as the policy has them."""
        self._routes: list[tuple[str, re.Pattern[str], ExampleAnswer]] = []
        self.change(policy, answers)

    def change(self, policy: Policy, answers: Iterable[ExampleAnswer]) -> None:
        """Answer for these from now on."""
        by_id = {each.operation: each for each in answers}
        self._routes = [
            (each.method, re.compile(path_pattern(policy.listen.base_path + each.path)), by_id[each.id])
            for each in closest_first(policy.operations)
            if each.id in by_id
        ]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer when the whole request is there."""
        while (await receive()).get("more_body"):
            pass
        method, path = str(scope["method"]), str(scope["path"])
        found = next((each for known, at, each in self._routes if known == method and at.fullmatch(path)), None)
        status, content = (404, b"") if found is None else (found.status, found.content)
        headers = [(b"content-length", str(len(content)).encode())] if status not in {204, 304} else []
        if found is not None and found.media_type:
            headers.append((b"content-type", found.media_type.encode()))
        elif found is not None and status not in {204, 304}:
            headers.append((NO_EXAMPLE, found.operation.encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else content})
