"""Files that wait between the list of changes and the confirmation: for who sent them alone, a few, for a day."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from nap_builder.kernel import storage
from nap_builder.kernel.clock import now
from nap_builder.kernel.errors import Missing

KEPT_FOR = timedelta(days=1)
MOST_KEPT = 5  # files of one person
_FOLDER = "imports"
_TOKEN = re.compile(r"([0-9]{14})-[0-9a-f]{32}", re.ASCII)


def keep(person: int | None, content: bytes) -> str:
    """Keeps a file for who sent it, and drops those that waited for more than a day, or that this person sent before
    the last few. Hands back its token.
    """
    drop_old()
    for name in sorted(storage.names(f"{_FOLDER}/{person}"))[: 1 - MOST_KEPT]:
        storage.delete(name)
    token = f"{now():%Y%m%d%H%M%S}-{uuid4().hex}"
    storage.put(_name(person, token), content)
    return token


def fetch(person: int | None, token: str) -> bytes:
    """A file that this person sent within the last day. Raises Missing."""
    if _too_old(token):
        raise Missing
    return storage.get(_name(person, token))


def drop_old() -> int:
    """Drops what waited for more than a day; says how many files went."""
    old = [name for name in storage.names(_FOLDER) if _too_old(name.rpartition("/")[2])]
    for name in old:
        storage.delete(name)
    return len(old)


def _name(person: int | None, token: str) -> str:
    return f"{_FOLDER}/{person}/{token}"


def _too_old(token: str) -> bool:
    """Whether a token is past its day, or is none of ours."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return True
    return now() - datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) > KEPT_FOR
