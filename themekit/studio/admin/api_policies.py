"""The admin's API on policies: what there is, drafts, submissions, approvals, attacks, publishing and the way back."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from starlette.routing import Route

from themekit.build.gateway import has_policy
from themekit.source.policy_fields import POLICY
from themekit.source.policy_schema import policy_schema_object
from themekit.studio.admin import views
from themekit.studio.admin.audit_log import Entry
from themekit.studio.admin.audit_text import record_json
from themekit.studio.admin.compiling import Compiler, policy_path
from themekit.studio.admin.refusing import guarded
from themekit.studio.admin.releases import Releases
from themekit.studio.admin.trials import EMBEDDED, Running, Trials
from themekit.studio.admin.users import Role
from themekit.studio.serving.answers import Refused, answer, body_of, brand_id_of, no_brand, text_in
from themekit.studio.serving.brand_facts import facts_of
from themekit.studio.serving.json_edits import edited_content

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from themekit.model import BrandId
    from themekit.source.json_value import JsonObject
    from themekit.studio.admin.door import Door
    from themekit.studio.admin.release import Trial
    from themekit.studio.admin.users import User
    from themekit.studio.updating.live import Live


T = TypeVar("T")

EMPTY = b"{}\n"
ALL = tuple(Role)
MAX_RECORDS = 200


class PolicyApi:
    """The handlers, around what is kept of the project's policies."""

    def __init__(self, live: Live, door: Door, *, trials: Trials | None = None) -> None:
        """Nothing is read yet."""
        self._live = live
        self._door = door
        self._compiler = Compiler(live.project.root)
        self.releases = Releases(live.project, door.kept, users=door.people, log=door.log, compiler=self._compiler)
        self.trials = trials or Trials()

    def routes(self) -> list[Route]:
        """Below `/api/admin`."""
        one = "/policies/{brand_id}"
        submission = one + "/submissions/{number:int}"
        return [
            Route("/schema", self.schema),
            Route("/audit", self.audit),
            Route("/trial", self.trial),
            Route("/policies", self.overview),
            Route(one, self.read),
            Route(one + "/check", self.check, methods=["POST"]),
            Route(one + "/draft", self.save_draft, methods=["PUT"]),
            Route(one + "/draft/discard", self.discard_draft, methods=["POST"]),
            Route(one + "/submissions", self.submit, methods=["POST"]),
            Route(submission + "/withdraw", self.withdraw, methods=["POST"]),
            Route(submission + "/attack", self.attack, methods=["POST"]),
            Route(submission + "/approve", self.approve, methods=["POST"]),
            Route(submission + "/publish", self.publish, methods=["POST"]),
            Route(one + "/versions/{number:int}", self.version),
            Route(one + "/versions/{number:int}/restore", self.restore, methods=["POST"]),
        ]

    @guarded
    async def schema(self, request: Request) -> Response:
        """What a policy may say."""
        self._door.actor(request)
        return answer({"schema": policy_schema_object()})

    @guarded
    async def audit(self, request: Request) -> Response:
        """The latest records, and what is wrong with the log."""
        self._door.actor(request)
        records, faults = await asyncio.to_thread(lambda: (self._door.log.records(), self._door.log.faults()))
        return answer(
            {
                "records": [record_json(each) for each in reversed(records[-MAX_RECORDS:])],
                "count": len(records),
                "faults": [{"line": each.line, "message": each.text} for each in faults],
            }
        )

    @guarded
    async def overview(self, request: Request) -> Response:
        """Every brand, and what there is of its policy."""
        self._door.actor(request)
        ids = await self._live.brands()
        with_policy = await self._live.ask(lambda engine: [engine.get(has_policy, each) for each in ids])
        found = []
        for brand_id, has_one in zip(ids, with_policy, strict=True):
            state = await asyncio.to_thread(self.releases.store(brand_id).state)
            is_open = sum(each.progress == "open" for each in state.submissions)
            found.append({"id": brand_id, "hasPolicy": has_one, "hasDraft": bool(state.draft), "open": is_open})
        return answer({"policies": found})

    @guarded
    async def read(self, request: Request) -> Response:
        """All that is known of a brand's policy."""
        actor = self._door.actor(request)
        brand_id = await self._brand(request)
        return answer(await asyncio.to_thread(self._read, brand_id, actor.user))

    @guarded
    async def check(self, request: Request) -> Response:
        """What is wrong with an unsaved text, what it changes, and which gateways can do it."""
        self._door.actor(request)
        brand_id = await self._brand(request)
        body = await body_of(request)
        content = await asyncio.to_thread(self._edited, brand_id, body)

        def work() -> views.View:
            old, new = self.releases.saved(brand_id), self._compiler.compiled(brand_id, content)
            return {**views.text_view(brand_id, new), **views.change_view(old, new)}

        return answer(await asyncio.to_thread(work))

    @guarded
    async def save_draft(self, request: Request) -> Response:
        """Keep a text. `If-Match` has the digest of the draft it was made from; `"none"` where there was none."""
        actor = self._door.writer(request, Role.AUTHOR)
        brand_id = await self._brand(request)
        seen = _seen(request)
        body = await body_of(request)
        content = await asyncio.to_thread(self._edited, brand_id, body)
        save = partial(self.releases.save_draft, brand_id, actor.user, content=content, seen=seen)
        await asyncio.to_thread(save)
        return answer(await asyncio.to_thread(self._read, brand_id, actor.user))

    @guarded
    async def discard_draft(self, request: Request) -> Response:
        """Let the draft go."""
        actor = self._door.writer(request, Role.AUTHOR)
        return await self._did(request, partial(self.releases.discard_draft, user=actor.user, seen=_seen(request)))

    @guarded
    async def submit(self, request: Request) -> Response:
        """Ask for the draft to be published."""
        actor = self._door.writer(request, Role.AUTHOR)
        reason = text_in(await body_of(request), "reason", default="")
        work = partial(self.releases.submit, user=actor.user, seen=_seen(request), reason=reason)
        return await self._did(request, work, status=201)

    @guarded
    async def withdraw(self, request: Request) -> Response:
        """Ask no more for it."""
        actor = self._door.writer(request, *ALL)
        return await self._did(request, partial(self.releases.withdraw, user=actor.user, number=_number(request)))

    @guarded
    async def approve(self, request: Request) -> Response:
        """Approve the change that was looked at."""
        actor = self._door.writer(request, Role.REVIEWER, Role.PUBLISHER)
        change = text_in(await body_of(request), "change")
        work = partial(self.releases.approve, user=actor.user, number=_number(request), change=change)
        return await self._did(request, work)

    @guarded
    async def publish(self, request: Request) -> Response:
        """Make it the brand's policy. `If-Match` has the version of the file; `"none"` where there is none."""
        actor = self._door.writer(request, Role.PUBLISHER)
        change = text_in(await body_of(request), "change")
        number, seen = _number(request), _seen(request)
        work = partial(self.releases.publish, user=actor.user, number=number, change=change, seen=seen)
        answered = await self._did(request, work)
        await self._live.changed({policy_path(brand_id_of(request))})
        return answered

    @guarded
    async def restore(self, request: Request) -> Response:
        """Ask for an older version to be published again; the answer names the submission."""
        actor = self._door.writer(request, Role.AUTHOR, Role.PUBLISHER)
        reason = text_in(await body_of(request), "reason", default="")
        work = partial(self.releases.restore, user=actor.user, number=_number(request), reason=reason)
        return await self._did(request, work, status=201)

    @guarded
    async def version(self, request: Request) -> Response:
        """An older text, and what going back to it would change."""
        self._door.actor(request)
        brand_id, number = await self._brand(request), _number(request)

        def work() -> views.View | None:
            store = self.releases.store(brand_id)
            found = store.state().version(number)
            if found is None:
                return None
            old = self.releases.saved(brand_id)
            new = self._compiler.compiled(brand_id, store.text(found.digest))
            return {"number": number, **views.text_view(brand_id, new), **views.change_view(old, new)}

        shown = await asyncio.to_thread(work)
        if shown is None:
            raise Refused(404, "unknown-version", f"there is no version {number}")
        return answer(shown)

    @guarded
    async def trial(self, request: Request) -> Response:
        """How far the attacks are that run."""
        self._door.actor(request)
        return answer({"running": views.running_view(self.trials.running)})

    @guarded
    async def attack(self, request: Request) -> Response:
        """Carry out the attacks on a submission; `GET trial` tells how far they are."""
        actor = self._door.writer(request, *ALL)
        brand_id, number = await self._brand(request), _number(request)
        submission = (await asyncio.to_thread(self.releases.store(brand_id).state)).submission(number)
        if submission is None or submission.progress != "open":
            raise Refused(404, "unknown-submission", f"no submission {number} is open")
        _, _, _, new = await asyncio.to_thread(self.releases.case, brand_id, submission)
        if new.policy is None or not new.is_good:
            raise Refused(409, "has-errors", "the policy has errors")
        if EMBEDDED not in new.policy.targets:
            raise Refused(409, "not-attackable", 'attacks are carried out on Envoy: add "envoy" to `targets`')
        digest = new.digest

        def finished(trial: Trial) -> None:
            counts = f"{trial.stopped} as meant, {trial.through} not, {trial.skipped} skipped"
            self._door.log.append(Entry(actor.user.name, "attacked", brand_id, after=digest, reason=counts))
            self.releases.store(brand_id).put_trial(trial)

        begun = Running(brand_id, number, new.key)
        if not self.trials.start(begun, new.policy, actor=actor.user.name, finished=finished):
            raise Refused(409, "attacks-run", "other attacks are being carried out: wait for their end")
        return answer({"running": views.running_view(self.trials.running)}, 202)

    async def _did(self, request: Request, work: Callable[..., T], *, status: int = 200) -> Response:
        """Do it for the brand of the request, and answer with the brand's policy as it is now."""
        brand_id = await self._brand(request)
        user = self._door.actor(request).user
        done = await asyncio.to_thread(work, brand_id)
        shown = await asyncio.to_thread(self._read, brand_id, user)
        number = getattr(done, "number", 0)
        return answer({**shown, "done": number}, status)

    async def _brand(self, request: Request) -> BrandId:
        brand_id = brand_id_of(request)
        if brand_id not in await self._live.brands():
            raise no_brand(brand_id)
        return brand_id

    def _read(self, brand_id: BrandId, user: User) -> views.View:
        saved = self.releases.saved(brand_id)
        store = self.releases.store(brand_id)
        state = store.state()
        users = self._door.people.all()
        draft: views.View | None = None
        latest = saved
        if state.draft is not None:
            latest = self._compiler.compiled(brand_id, store.text(state.draft.digest))
            draft = {
                **views.text_view(brand_id, latest),
                **views.change_view(saved, latest),
                "authors": list(state.draft.authors),
                "time": state.draft.time,
            }
        facts = facts_of(self._live.project.host, policy_path(brand_id), content=latest.content or EMPTY)
        return {
            "id": brand_id,
            "path": str(policy_path(brand_id)),
            **views.text_view(brand_id, saved),
            "support": views.support_view(saved),
            "inherited": facts.inherited,
            "draft": draft,
            "submissions": views.submissions_view(self.releases, brand_id, state=state, user=user, users=users),
            "versions": views.versions_view(state, saved),
        }

    def _edited(self, brand_id: BrandId, body: JsonObject) -> bytes:
        """The draft, or else the saved text, with the edits of a request; or the text that it has."""
        store = self.releases.store(brand_id)
        draft = store.state().draft
        content = self.releases.saved(brand_id).content if draft is None else store.text(draft.digest)
        return edited_content(content or EMPTY, body, path=policy_path(brand_id), fields=POLICY)


def _number(request: Request) -> int:
    return int(request.path_params["number"])


def _seen(request: Request) -> str:
    """What the caller has seen, from `If-Match`; empty for `"none"`."""
    header = request.headers.get("if-match", "")
    if len(header) < 3 or header[0] != '"' or header[-1] != '"':
        raise Refused(428, "version-needed", 'a write has `If-Match` with what was seen in quotes, or "none"')
    seen = header[1:-1]
    return "" if seen == "none" else seen
