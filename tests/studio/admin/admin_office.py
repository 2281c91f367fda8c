"""The Studio's API without a server, and people who have a session there."""

from admin_actors import PASSWORD
from policy_project import text_of
from studio_caller import Caller, FakeLive

from themekit.build.project import Project
from themekit.studio.admin.admin import Admin
from themekit.studio.admin.door import Door
from themekit.studio.admin.trials import Trials
from themekit.studio.serving.answers import version_of
from themekit.studio.serving.guard import Origins, StudioGuard
from themekit.studio.serving.studio_app import studio_app

BASE = "/api/admin"
ACME = f"{BASE}/policies/acme"


class Office:
    """The Studio's API, and people who have a session there."""

    def __init__(self, root, *, users, sessions, attack):
        self.origins = Origins(4100, 4200)
        self.root = root
        self.live = FakeLive(Project(root))
        self.trials = Trials(attack)
        self.door = Door(root, 4100, users=users, sessions=sessions)
        self.admin = Admin(self.live, 4100, door=self.door, trials=self.trials)
        app = studio_app(self.live, self.origins, admin=self.admin)
        self.call = Caller(StudioGuard(app, self.origins), self.origins)
        self.file = root / "brands" / "acme" / "policy.json"

    def login(self, name, password=PASSWORD, **others):
        return self.call("POST", f"{BASE}/login", {"name": name, "password": password}, **others)

    def person(self, name):
        return Person(self, name, self.login(name))

    @property
    def actions(self):
        return [record.entry.action for record in self.door.log.records()]


class Person:
    """Somebody who is logged in: their cookie and their token."""

    def __init__(self, office, name, answer):
        assert 200 == answer.status, answer.body
        self.office = office
        self.name = name
        self.set_cookie = answer.header("set-cookie")
        self.cookie = self.set_cookie.partition(";")[0]
        self.token = answer.json["token"]

    @property
    def own(self):
        return {"cookie": f"{self.office.call.own['cookie']}; {self.cookie}", "x_themekit_token": self.token}

    def __call__(self, method, path, content=None, *, seen=None, **others):
        headers = {**self.own, **({"if_match": f'"{seen}"'} if seen is not None else {}), **others}
        return self.office.call(method, path, {} if content is None and method != "GET" else content, **headers)

    def draft(self, changes, *, seen=None):
        seen = seen or ((self("GET", ACME).json["draft"] or {}).get("digest") or "none")
        return self("PUT", f"{ACME}/draft", {"text": text_of(changes)}, seen=seen)

    def submit(self, changes, reason="asked for"):
        digest = self.draft(changes).json["draft"]["digest"]
        answer = self("POST", f"{ACME}/submissions", {"reason": reason}, seen=digest)
        assert 201 == answer.status, answer.body
        return answer.json["done"]

    def attack(self, number):
        answer = self("POST", f"{ACME}/submissions/{number}/attack")
        self.office.trials.wait(20)
        return answer

    def submission(self, number):
        return next(each for each in self("GET", ACME).json["submissions"] if each["number"] == number)

    def approve(self, number, change=None):
        change = change or self.submission(number)["change"]
        return self("POST", f"{ACME}/submissions/{number}/approve", {"change": change})

    def publish(self, number, *, change=None, seen=None):
        change = change or self.submission(number)["change"]
        seen = seen or version_of(self.office.file.read_bytes())
        return self("POST", f"{ACME}/submissions/{number}/publish", {"change": change}, seen=seen)
