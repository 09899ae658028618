"""Files that the installation keeps: documents, uploads, backups. A folder, or any store obstore can reach."""

import os
from pathlib import Path
from typing import Any

import obstore
from flask import Flask, current_app
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, from_url

from nap_builder.kernel.errors import Missing


def prepare(app: Flask, home: Path, storage_url: str | None) -> None:
    """Opens the store: `storage_url` (such as `s3://bucket/folder`), else the folder `files` of the data folder."""
    if storage_url:
        app.extensions["nap_storage"] = from_url(storage_url)
        return
    folder = home / "files"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    app.extensions["nap_storage"] = LocalStore(folder)


def _store() -> Any:
    return current_app.extensions["nap_storage"]


def put(name: str, content: bytes) -> None:
    """Keeps a file under a name of ours (never a name from outside). Written whole or not at all."""
    obstore.put(_store(), name, content)


def undate(name: str) -> None:
    """Takes from a kept file the moment of its writing, where the store is a folder; another store keeps its own."""
    store = _store()
    if isinstance(store, LocalStore) and store.prefix is not None:
        path = Path(store.prefix) / name
        for each in (path, path.parent):
            os.utime(each, (0, 0))


def get(name: str) -> bytes:
    """The bytes kept under a name. Raises Missing."""
    try:
        return bytes(obstore.get(_store(), name).bytes())
    except (NotFoundError, FileNotFoundError):
        raise Missing from None


def exists(name: str) -> bool:
    """Whether a file of that name is kept."""
    try:
        obstore.head(_store(), name)
    except (NotFoundError, FileNotFoundError):
        return False
    return True


def delete(name: str) -> None:
    """Forgets a file; one that is not there is no error."""
    try:
        obstore.delete(_store(), name)
    except (NotFoundError, FileNotFoundError):
        return


def names(folder: str = "") -> list[str]:
    """The names kept below a folder, sorted."""
    return sorted(item["path"] for batch in obstore.list(_store(), folder or None) for item in batch)
