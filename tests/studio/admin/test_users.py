"""Users: hashes alone are kept, in a file that nobody else can read, and trying names tells nothing."""

import json

import pytest
from admin_actors import CHEAP, PASSWORD

from themekit.studio.admin import passwords
from themekit.studio.admin.keeping import NotPrivate, kept_folder
from themekit.studio.admin.passwords import COST, Hashed, WeakPassword
from themekit.studio.admin.users import BrokenUsers, Role, Users


def mode(path):
    return path.stat().st_mode & 0o777


def test_what_is_kept_is_private_and_ignored_by_git(users, kept):
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    assert (0o700, 0o600) == (mode(kept), mode(kept / "users.json"))
    assert "*\n" == (kept / ".gitignore").read_text(encoding="utf-8")
    assert PASSWORD not in (kept / "users.json").read_text(encoding="utf-8")
    assert [".gitignore", "locks", "users.json"] == sorted(path.name for path in kept.iterdir())


def test_a_password_is_known_again_and_no_other_one(users):
    users.put("ada", PASSWORD, roles=(Role.PUBLISHER, Role.AUTHOR))
    found = users.check("ada", PASSWORD)
    assert ("ada", (Role.AUTHOR, Role.PUBLISHER)) == (found.name, found.roles)
    assert users.check("ada", PASSWORD + " ") is None
    assert users.check("ada", "") is None
    assert users.check("ada", PASSWORD * 100) is None
    assert users.check("eve", PASSWORD) is None


def test_each_hash_has_a_salt_of_its_own_and_says_its_cost(users, kept):
    for name in ("ada", "bob"):
        users.put(name, PASSWORD, roles=(Role.AUTHOR,))
    one, other = (each["scrypt"] for each in json.loads((kept / "users.json").read_text(encoding="utf-8"))["users"])
    assert one["salt"] != other["salt"]
    assert one["hash"] != other["hash"]
    assert (CHEAP.n, CHEAP.r, CHEAP.p) == (one["n"], one["r"], one["p"])


def test_a_hash_of_another_cost_is_still_good(kept):
    """Raising the cost does not lock out those who are there."""
    Users(kept, cost=CHEAP).put("ada", PASSWORD, roles=(Role.AUTHOR,))
    assert Users(kept).check("ada", PASSWORD) is not None


def test_the_cost_is_what_is_recommended():
    assert 32 << 20 == 128 * COST.n * COST.r
    assert COST.p >= 3


def test_a_name_that_nobody_has_costs_the_same(users, monkeypatch):
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    costs = []
    real = passwords.hashlib.scrypt

    def counted(*arguments, **options):
        costs.append((options["n"], options["r"], options["p"]))
        return real(*arguments, **options)

    monkeypatch.setattr(passwords.hashlib, "scrypt", counted)
    users.check("ada", "wrong password, long")
    users.check("eve", "wrong password, long")
    assert 2 == len(costs)
    assert costs[0] == costs[1]


def test_letters_that_look_alike_by_unicode_are_the_same(users):
    users.put("ada", "pa\u0308sswords are long", roles=(Role.AUTHOR,))
    assert users.check("ada", "p\u00e4sswords are long") is not None


@pytest.mark.parametrize("password", ["", "short", "x" * 257])
def test_weak_passwords_are_refused(users, password):
    with pytest.raises(WeakPassword):
        users.put("ada", password, roles=(Role.AUTHOR,))
    assert users.find("ada") is None


@pytest.mark.parametrize("name", ["", "Ada", "../x", "a b", "a" * 33, "-a", "ada\n", "oidc:ada"])
def test_odd_names_are_refused(users, name):
    with pytest.raises(ValueError, match="small letters"):
        users.put(name, PASSWORD, roles=(Role.AUTHOR,))


def test_a_user_can_be_removed_once(users):
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    assert users.remove("ada")
    assert not users.remove("ada")
    assert users.check("ada", PASSWORD) is None


def test_another_password_or_role_is_another_version(users):
    first = users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    same_again = users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    assert first.version != same_again.version
    path = users._folder / "users.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"author"', '"reviewer"'), encoding="utf-8")
    assert same_again.version != users.find("ada").version


@pytest.mark.parametrize("right", [0o640, 0o604, 0o660])
def test_a_file_that_others_can_touch_is_not_used(users, kept, right):
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    (kept / "users.json").chmod(right)
    with pytest.raises(NotPrivate, match="chmod 600"):
        users.check("ada", PASSWORD)


def test_a_link_in_the_file_s_place_is_not_used(users, kept, tmp_path):
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    (kept / "users.json").rename(tmp_path / "elsewhere.json")
    (kept / "users.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(NotPrivate, match="link"):
        users.all()


def test_a_folder_that_others_can_touch_is_not_used(tmp_path):
    kept_folder(tmp_path).chmod(0o755)
    with pytest.raises(NotPrivate, match="chmod 700"):
        kept_folder(tmp_path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version": 1', '"version": 2'),
        ('"author"', '"root"'),
        ('"n": 16', '"n": 1073741824'),
        ('"r": 8', '"r": true'),
        ('"name": "ada"', '"name": "../ada"'),
        ("{", "["),
        ('"salt": "', '"salt": "zz'),
    ],
)
def test_a_file_that_we_did_not_write_is_refused(users, kept, old, new):
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    path = kept / "users.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenUsers):
        users.check("ada", PASSWORD)


def test_hashes_are_not_printed():
    hashed = Hashed.of(PASSWORD, cost=CHEAP)
    assert hashed.hash not in repr(hashed)
