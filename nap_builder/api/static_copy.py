"""A copy of the public site as files that any web server, or a memory stick, can serve."""

import contextvars
import shutil
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from nap_builder.api.queries import public_versions, published_of
from nap_builder.api.static_names import Asked, asked_by, file_name, relative, sums
from nap_builder.api.static_page import copied, links_of
from nap_builder.kernel.clock import now
from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.languages import _, day, direction, language_name, speaking
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.versions import PUBLIC, frozen_bytes
from nap_builder.publishing.models import Publication
from nap_builder.settings import Settings

HTML = "text/html"
FILE = "application/octet-stream"
LIST = "SHA256SUMS"
DATA = "data/"


@dataclass
class Site:
    """What was read of the site: each answer by its address, with the name of its file. What is not there has none.

    `address` is the public one of the site itself.
    """

    app: Flask
    address: str
    names: dict[Asked, str] = field(default_factory=dict)
    answers: dict[Asked, tuple[str, bytes]] = field(default_factory=dict)

    def way(self, href: str, origin: str) -> str:
        """Where a link leads in the copy, from one of its files; for what the copy lacks, to the site itself."""
        parts = urlsplit(href)
        if parts.scheme or not parts.path:
            return href
        found = self.names.get(asked) if (asked := asked_by(self.app, href)) else None
        if found is None:
            return f"{self.address}{href}"
        return relative(found, origin) + (f"#{parts.fragment}" if parts.fragment else "")


def publish_static(app: Flask, folder: Path) -> int:
    """Writes the copy into a folder that is not there yet, or empty; whole or not at all. Returns the number of files.

    Raises DomainError where the folder holds something, the site has no public address, or a page of it fails.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DomainError(f"{folder} is not empty. Name a folder that is not there yet")
    base: str | None = app.config["NAP"].base_url
    if base is None:
        raise DomainError("NAP_BASE_URL is not set: a copy says of which site it is. Set the public address first")
    files = files_of(Site(app, base))
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in [*files.items(), (LIST, sums(files.items()).encode())]:
            path = half / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        half.chmod(0o755)
        half.replace(folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return len(files) + 1


def files_of(site: Site) -> dict[str, bytes]:
    """The files of the copy by name, all but the list of digests. Raises DomainError when a page fails."""
    _read(site)
    found = {site.names[asked]: _file(site, asked) for asked in site.answers}
    for plan, one in _published():
        found[f"{DATA}{plan.slug}-v{one.version.number}.json"] = frozen_bytes(one.version, PUBLIC)
    found["index.html"] = _start(site, sorted(name for name in found if name.startswith(DATA))).encode()
    return found


def _start(site: Site, data: list[str]) -> str:
    """The page that is opened first: in the first language of the site, with the ways to all and to the data."""
    settings: Settings = site.app.config["NAP"]
    first = settings.languages[0]
    ways = [
        {"tag": tag, "own_name": language_name(tag), "href": site.names[Asked(f"/{tag}/")], "current": False}
        for tag in settings.languages
    ]
    template = site.app.jinja_env.get_template("api/static_start.html")
    with speaking(first):
        told = _told(site, first)
        return template.render(languages=ways, lang=first, direction=direction(first), told=told, data=data)


def _read(site: Site) -> None:
    """Reads every page that can be reached by links, as somebody who is not signed in."""
    app = site.app
    waiting = deque(_begins(app))
    seen = set(waiting)
    while waiting:
        asked = waiting.popleft()
        answer = _answer(app, asked)
        if answer.status_code != 200:
            continue
        kind = answer.mimetype or ""
        if "attachment" in answer.headers.get("Content-Disposition", ""):
            kind = FILE  # it is copied as it is, also where it is a page of its own
        site.answers[asked] = kind, answer.data
        site.names[asked] = file_name(asked, kind)
        if kind == HTML:
            led = {to for href in links_of(answer.data) if (to := asked_by(app, href)) is not None} - seen
            seen |= led
            waiting.extend(sorted(led))


def _begins(app: Flask) -> Iterator[Asked]:
    """The front pages, and every published version: those before the newest are reached by printed addresses alone."""
    addresses = app.url_map.bind("localhost")
    numbers = [(plan.slug, one.version.number) for plan, one in _published()]
    for language in app.config["NAP"].languages:
        yield Asked(addresses.build("home.front", {"lang": language}))
        for slug, number in numbers:
            yield Asked(addresses.build("publishing.frozen", {"lang": language, "slug": slug, "number": number}))


def _published() -> Iterator[tuple[Plan, Publication]]:
    for newest in public_versions():
        for one in published_of(newest.plan):
            yield newest.plan, one


def _answer(app: Flask, asked: Asked) -> TestResponse:
    """What the site answers, read to its end, in a context of its own. Raises DomainError when it fails."""
    answer: TestResponse = contextvars.Context().run(app.test_client().get, asked.address)
    answer.get_data()
    answer.close()
    if answer.status_code >= 500:
        raise DomainError(f"{asked.address} failed. Nothing was written")
    return answer


def _file(site: Site, asked: Asked) -> bytes:
    kind, content = site.answers[asked]
    if kind != HTML:
        return content
    name, language = site.names[asked], asked.path.split("/")[1]
    return copied(content, language, lambda href: site.way(href, name), _told(site, language))


def _told(site: Site, language: str) -> str:
    with speaking(language):
        return _("This is a copy of %(address)s, made on %(day)s.", address=site.address, day=day(now().date()))
