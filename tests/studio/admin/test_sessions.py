"""Sessions end by themselves, with their user, and at logout; tries of passwords get slower."""

import pytest
from admin_actors import PASSWORD

from themekit.studio.admin.login_limits import FREE_BY_ADDRESS, FREE_BY_NAME, LONGEST_WAIT_S, MAX_KEYS, LoginLimits
from themekit.studio.admin.sessions import ABSOLUTE_S, IDLE_S, MAX_SESSIONS, Sessions
from themekit.studio.admin.users import Role


@pytest.fixture
def ada(users):
    return users.put("ada", PASSWORD, roles=(Role.AUTHOR,))


@pytest.fixture
def sessions(clock):
    return Sessions(clock)


def test_a_secret_opens_its_session_and_only_its_hash_is_held(sessions, users, ada):
    secret, session = sessions.open(ada)
    assert len(secret) >= 43  # 256 bits in base64
    assert (session.name, ada) == (
        sessions.find(["x", secret], users.find)[0].name,
        sessions.find([secret], users.find)[1],
    )
    assert secret not in repr(vars(sessions))
    assert sessions.find([secret[:-1]], users.find) is None
    assert sessions.find([], users.find) is None


def test_a_session_that_rests_ends(sessions, users, ada, clock):
    secret, _ = sessions.open(ada)
    clock.wait(IDLE_S - 1)
    assert sessions.find([secret], users.find)
    clock.wait(IDLE_S - 1)
    assert sessions.find([secret], users.find)
    clock.wait(IDLE_S)
    assert sessions.find([secret], users.find) is None
    clock.wait(-IDLE_S)
    assert sessions.find([secret], users.find) is None  # gone, and not only late


def test_a_session_in_use_ends_too(sessions, users, ada, clock):
    secret, _ = sessions.open(ada)
    for _ in range(int(ABSOLUTE_S / 600) - 1):
        clock.wait(600)
        assert sessions.find([secret], users.find)
    clock.wait(600)
    assert sessions.find([secret], users.find) is None


def test_logging_in_again_gives_another_secret_and_ends_the_first(sessions, users, ada):
    first, one = sessions.open(ada)
    second, other = sessions.open(ada, former=[first])
    assert first != second
    assert one.token != other.token
    assert sessions.find([first], users.find) is None
    assert sessions.find([second], users.find)


def test_a_session_ends_with_logout(sessions, users, ada):
    secret, _ = sessions.open(ada)
    sessions.close([secret])
    assert sessions.find([secret], users.find) is None


def test_a_session_ends_with_other_roles_or_without_its_user(sessions, users, ada):
    secret, _ = sessions.open(ada)
    changed = users.put("ada", PASSWORD, roles=(Role.PUBLISHER,))
    assert sessions.find([secret], users.find) is None
    secret, _ = sessions.open(changed)
    users.remove("ada")
    assert sessions.find([secret], users.find) is None


def test_sessions_are_bounded(sessions, users, ada, clock):
    first, _ = sessions.open(ada)
    for _ in range(MAX_SESSIONS):
        clock.wait(0.01)
        last, _ = sessions.open(ada)
    assert MAX_SESSIONS == len(sessions._by_hash)
    assert sessions.find([first], users.find) is None
    assert sessions.find([last], users.find)


def test_tries_on_a_name_get_slower(clock):
    limits = LoginLimits(clock)
    assert [0.0] * FREE_BY_NAME == [limits.begin("ada", f"10.0.0.{n}") for n in range(FREE_BY_NAME)]
    waits = []
    for n in range(12):
        wait_s = limits.begin("ada", f"10.0.1.{n}")
        waits.append(wait_s)
        clock.wait(wait_s)
        assert 0.0 == limits.begin("ada", f"10.0.2.{n}")
    assert [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, LONGEST_WAIT_S, LONGEST_WAIT_S] == waits


def test_tries_at_once_are_as_many(clock):
    """Nobody gets more by not waiting for the answer: a try counts from its start."""
    limits = LoginLimits(clock)
    begun = [limits.begin("ada", "127.0.0.1") for _ in range(50)]
    assert FREE_BY_NAME == begun.count(0.0)


def test_tries_from_an_address_get_slower_whatever_the_name(clock):
    limits = LoginLimits(clock)
    begun = [limits.begin(f"user{n}", "127.0.0.1") for n in range(50)]
    assert FREE_BY_ADDRESS == begun.count(0.0)


def test_a_good_try_forgives_the_name_and_not_the_address(clock):
    limits = LoginLimits(clock)
    for n in range(FREE_BY_ADDRESS - 1):
        limits.begin(f"user{n}", "127.0.0.1")
    assert 0.0 == limits.begin("ada", "127.0.0.1")
    limits.succeeded("ada", "127.0.0.1")
    assert 0.0 == limits.begin("eve", "127.0.0.1")
    assert limits.begin("eve", "127.0.0.1") > 0
    assert 0.0 == limits.begin("ada", "10.0.0.1")


def test_failures_are_forgotten_after_an_hour(clock):
    limits = LoginLimits(clock)
    for _ in range(FREE_BY_NAME):
        limits.begin("ada", "127.0.0.1")
    clock.wait(3601)
    assert [0.0] * FREE_BY_NAME == [limits.begin("ada", "127.0.0.1") for _ in range(FREE_BY_NAME)]


def test_what_is_remembered_is_bounded(clock):
    limits = LoginLimits(clock)
    for n in range(MAX_KEYS):
        limits.begin(f"user{n}", f"10.{n}")
    assert MAX_KEYS == len(limits._tries)


def test_names_that_nobody_can_have_are_one(clock):
    """They may be long, and are not remembered."""
    limits = LoginLimits(clock)
    for n in range(FREE_BY_NAME):
        limits.begin("x" * 100_000 + str(n), f"10.0.0.{n}")
    assert limits.begin("Y" * 100_000, "10.0.1.1") > 0
    assert max(len(name) for _, name in limits._tries) < 40
