"""The photographs of a plan with their pictures, as documents are made of them."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from nap_builder.kernel import storage
from nap_builder.plans.photographs import Told
from nap_builder.plans.services.photographs import small


def pictured(photographs: Iterable[Told]) -> list[dict[str, Any]]:
    """Photographs as versions keep them, each with its JPEG for print as `content` and the small one as `small`, in
    base64. One whose picture was deleted is left out.
    """
    return [
        {**one, "content": _read(one["stored_as"]), "small": _read(small(one["stored_as"]))}
        for one in still_there(photographs)
    ]


def still_there(photographs: Iterable[Told]) -> Iterator[Told]:
    """Those of which the picture was not deleted."""
    return (one for one in photographs if storage.exists(one["stored_as"]))


def _read(name: str) -> str:
    return b64encode(storage.get(name)).decode()
