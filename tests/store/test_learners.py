"""Keys: stored hashed, each good for one thing, a link only once, and none of them for ever."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from judge.store import ME, KeyKind, Store, tables
from judge.store.learners import LASTS

Ageing = Callable[[timedelta], None]


@pytest.fixture
def age(store: Store) -> Ageing:
    """Let time pass for all keys."""

    def aged(by: timedelta) -> None:
        keys = tables.keys
        with store.database.write() as connection:
            for row in connection.execute(keys.select()).all():
                if row.expires_at is not None:
                    connection.execute(
                        update(keys)
                        .where(keys.c.hash == row.hash)
                        .values(expires_at=row.expires_at - by)
                    )

    return aged


def test_a_learner_is_made_once(store: Store) -> None:
    assert store.learners.named(ME) == store.learners.named(ME)
    assert store.learners.named("other") != store.learners.named(ME)


@pytest.mark.parametrize("kind", KeyKind)
def test_a_key_opens_what_it_is_for_and_nothing_else(store: Store, me: int, kind: KeyKind) -> None:
    key = store.learners.new_key(me, kind)

    assert {other for other in KeyKind if store.learners.whose(other, key) == me} == {kind}
    assert store.learners.whose(kind, key[:-1]) is None
    assert store.learners.whose(kind, "") is None


def test_a_key_is_long_and_never_the_same(store: Store, me: int) -> None:
    keys = {store.learners.new_key(me, KeyKind.LINK) for _ in range(20)}

    assert len(keys) == 20
    assert min(len(key) for key in keys) >= 43  # 256 bits


def test_no_key_can_be_read_out_of_the_files_of_the_database(store: Store, me: int) -> None:
    keys = [store.learners.new_key(me, kind) for kind in KeyKind]
    store.learners.replace_tokens(me, "the token of the file")

    written = b"".join(file.read_bytes() for file in store.database.path.parent.iterdir())
    assert b"keys" in written
    assert [key for key in (*keys, "the token of the file") if key.encode() in written] == []


def test_a_link_works_once(store: Store, me: int) -> None:
    link = store.learners.new_key(me, KeyKind.LINK)

    assert store.learners.use_link(link) == me
    assert store.learners.use_link(link) is None


def test_a_session_or_a_token_is_no_link(store: Store, me: int) -> None:
    for kind in (KeyKind.SESSION, KeyKind.TOKEN):
        key = store.learners.new_key(me, kind)
        assert store.learners.use_link(key) is None
        assert store.learners.whose(kind, key) == me


def test_a_link_is_good_for_ten_minutes(store: Store, me: int, age: Ageing) -> None:
    link = store.learners.new_key(me, KeyKind.LINK)
    age(timedelta(minutes=9, seconds=59))
    assert store.learners.whose(KeyKind.LINK, link) == me
    age(timedelta(seconds=2))
    assert store.learners.whose(KeyKind.LINK, link) is None
    assert store.learners.use_link(link) is None


def test_a_session_ends_and_a_token_does_not(store: Store, me: int, age: Ageing) -> None:
    session = store.learners.new_key(me, KeyKind.SESSION)
    token = store.learners.new_key(me, KeyKind.TOKEN)
    lasts = LASTS[KeyKind.SESSION]
    assert lasts is not None
    age(lasts - timedelta(minutes=1))
    assert store.learners.whose(KeyKind.SESSION, session) == me
    age(timedelta(minutes=2))
    assert store.learners.whose(KeyKind.SESSION, session) is None
    assert store.learners.whose(KeyKind.TOKEN, token) == me


def test_only_the_newest_token_lets_in(store: Store, me: int) -> None:
    other = store.learners.named("other")
    theirs = store.learners.new_key(other, KeyKind.TOKEN)
    session = store.learners.new_key(me, KeyKind.SESSION)
    for token in ("first", "second", "second"):
        store.learners.replace_tokens(me, token)

    assert store.learners.whose(KeyKind.TOKEN, "first") is None
    assert store.learners.whose(KeyKind.TOKEN, "second") == me
    assert store.learners.whose(KeyKind.TOKEN, theirs) == other
    assert store.learners.whose(KeyKind.SESSION, session) == me


def test_keys_that_are_over_are_forgotten_and_no_others(store: Store, me: int, age: Ageing) -> None:
    token = store.learners.new_key(me, KeyKind.TOKEN)
    store.learners.new_key(me, KeyKind.LINK)
    session = store.learners.new_key(me, KeyKind.SESSION)
    age(timedelta(hours=1))

    assert store.learners.forget_old_keys() == 1
    assert store.learners.forget_old_keys() == 0
    assert store.learners.whose(KeyKind.TOKEN, token) == me
    assert store.learners.whose(KeyKind.SESSION, session) == me
