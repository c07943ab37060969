"""Learners and the keys that let them in: the token of a file, a link for one use, a session."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, bindparam, delete, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from judge.store import tables
from judge.store.database import Database

ME = "me"  # the one learner until there are accounts


class KeyKind(StrEnum):
    """What a key may be used for."""

    TOKEN = "token"  # noqa: S105 (a word, not a secret)
    LINK = "link"
    SESSION = "session"


LASTS = {
    KeyKind.TOKEN: None,
    KeyKind.LINK: timedelta(minutes=10),
    KeyKind.SESSION: timedelta(days=90),
}
_learners, _keys = tables.learners, tables.keys


class Learners:
    """The tables of learners and keys. Keys are stored hashed: a stolen database opens nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def named(self, name: str) -> int:
        """Return the id of a learner, making one at first."""
        with self._database.write() as connection:
            connection.execute(
                upsert(_learners)
                .values(name=name, created_at=datetime.now(UTC))
                .on_conflict_do_nothing()
            )
            query = select(_learners.c.id).where(_learners.c.name == name)
            return int(connection.execute(query).scalar_one())

    def new_key(self, learner_id: int, kind: KeyKind) -> str:
        """Return a new key; this is the only time anybody sees it."""
        key = secrets.token_urlsafe(32)
        self.add_key(learner_id, kind, key)
        return key

    def add_key(self, learner_id: int, kind: KeyKind, key: str) -> None:
        """Let a key in that was made elsewhere; nothing happens when it is known."""
        now = datetime.now(UTC)
        lasts = LASTS[kind]
        with self._database.write() as connection:
            connection.execute(
                upsert(_keys)
                .values(
                    hash=_hash(key),
                    learner_id=learner_id,
                    kind=kind,
                    created_at=now,
                    expires_at=None if lasts is None else now + lasts,
                )
                .on_conflict_do_nothing()
            )

    def whose(self, kind: KeyKind, key: str) -> int | None:
        """Return the learner whose key of that kind this is; None for a wrong or old one."""
        asked = {"hash": _hash(key), "kind": kind, "now": datetime.now(UTC)}
        with self._database.read() as connection:
            return connection.execute(_WHOSE, asked).scalar_one_or_none()

    def use_link(self, key: str) -> int | None:
        """Return the learner of a link and make it worthless; None for one that is already."""
        used = (
            delete(_keys)
            .where(_keys.c.hash == _hash(key), _valid(KeyKind.LINK))
            .returning(_keys.c.learner_id)
        )
        with self._database.write(durable=True) as connection:
            return connection.execute(used).scalar_one_or_none()

    def replace_tokens(self, learner_id: int, token: str) -> None:
        """Let only this token of a learner in from now on."""
        with self._database.write() as connection:
            connection.execute(
                delete(_keys).where(
                    _keys.c.learner_id == learner_id,
                    _keys.c.kind == KeyKind.TOKEN,
                    _keys.c.hash != _hash(token),
                )
            )
        self.add_key(learner_id, KeyKind.TOKEN, token)

    def forget_old_keys(self) -> int:
        """Delete keys that no longer let anybody in."""
        with self._database.write() as connection:
            old = delete(_keys).where(_keys.c.expires_at < datetime.now(UTC))
            return connection.execute(old).rowcount


def _valid(kind: KeyKind) -> ColumnElement[bool]:
    fresh = or_(_keys.c.expires_at.is_(None), _keys.c.expires_at > datetime.now(UTC))
    return (_keys.c.kind == kind) & fresh


# Asked with every request, so put together once, which takes longer than running it.
_WHOSE = select(_keys.c.learner_id).where(
    _keys.c.hash == bindparam("hash"),
    _keys.c.kind == bindparam("kind"),
    or_(_keys.c.expires_at.is_(None), _keys.c.expires_at > bindparam("now")),
)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
