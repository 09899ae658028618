"""Assembles the application: kernel, rooms, gate."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, redirect, url_for

from nap_builder import navigation
from nap_builder import settings as installation
from nap_builder.accounts import security
from nap_builder.accounts.routes import doors, factor, hand_over, links, people, profile  # noqa: F401 - their views
from nap_builder.accounts.routes.blueprint import rooms as accounts
from nap_builder.adoption.routes import rooms as adoption
from nap_builder.api.feed_routes import rooms as feed
from nap_builder.api.routes import rooms as open_data
from nap_builder.api.table_routes import rooms as tables
from nap_builder.commitments.routes import answers, board  # noqa: F401 - their views
from nap_builder.commitments.routes.blueprint import rooms as commitments
from nap_builder.consultations.routes import (  # noqa: F401 - their views
    answering,
    contributions,
    documents,
    draft,
    entering,
    grouping,
    heard,
    letters,
    moderating,
    organisations,
    questions,
    receipts,
    records,
    responses,
    sealed,
    windows,
    wording,
)
from nap_builder.consultations.routes import public as consulted  # noqa: F401 - its views
from nap_builder.consultations.routes.blueprint import rooms as consultations
from nap_builder.exchange import heard as heard_file  # noqa: F401 - its view
from nap_builder.exchange.routes import rooms as exchange
from nap_builder.home.routes import front, my, own_days, workspace  # noqa: F401 - their views
from nap_builder.home.routes.blueprint import rooms as home
from nap_builder.kernel import (
    components,
    compression,
    error_pages,
    floods,
    gallery,
    jobs,
    languages,
    mail,
    protection,
    storage,
    traceless,
    web,
)
from nap_builder.kernel.access import refuse_unguarded, requires
from nap_builder.kernel.database import db, engine_options
from nap_builder.kernel.open_data import prepare as prepare_open_data
from nap_builder.meetings.routes import agenda, calendar, decisions, meetings, minutes  # noqa: F401 - their views
from nap_builder.meetings.routes.blueprint import rooms as task_force_meetings
from nap_builder.monitoring.routes import (  # noqa: F401 - their views
    assessed,
    checking,
    crosscuts,
    cycle,
    dashboard,
    entered,
    evidence,
    measures,
    money,
    periods,
    public,
    public_figures,
    timeline,
    updates,
    verification,
)
from nap_builder.monitoring.routes.blueprint import rooms as monitoring
from nap_builder.oversight.health import rooms as health
from nap_builder.oversight.identity_routes import rooms as identity
from nap_builder.oversight.routes import rooms as oversight
from nap_builder.parliament.routes import pack as parliament_pack  # noqa: F401 - its views
from nap_builder.parliament.routes import public as parliament_page  # noqa: F401 - its view
from nap_builder.parliament.routes import record as parliament_record  # noqa: F401 - its views
from nap_builder.parliament.routes.blueprint import rooms as parliament
from nap_builder.plans.routes import (  # noqa: F401 - their views
    activity,
    bulk,
    costs,
    following,
    indicators,
    machinery,
    matrix,
    mechanism,
    milestones,
    overview,
    paragraphs,
    photographs,
    rates,
    rows,
    sections,
    standard,
    task_force,
    undoing,
    unit_costs,
)
from nap_builder.plans.routes.blueprint import rooms as plans
from nap_builder.publishing import checks as published  # noqa: F401 - its checks
from nap_builder.publishing import (  # noqa: F401 - their views
    edition_routes,
    heard_routes,
    verify_routes,
    written_routes,
)
from nap_builder.publishing.papers import routes as papers  # noqa: F401 - their views
from nap_builder.publishing.routes import rooms as publishing
from nap_builder.readiness.routes import rooms as readiness
from nap_builder.reference.routes import rooms as reference
from nap_builder.reports import public as reports_for_all  # noqa: F401 - its views
from nap_builder.reports.routes import rooms as reports
from nap_builder.settings import Settings
from nap_builder.starting.routes import rooms as starting
from nap_builder.support.routes import rooms as support
from nap_builder.taskforce.routes import rooms as taskforce

ROOMS: tuple[Blueprint, ...] = (
    *(home, accounts, reference, taskforce, plans, commitments, task_force_meetings, support, monitoring),
    consultations,
    *(publishing, readiness, exchange, starting, adoption, reports, oversight, identity, parliament, feed, tables),
)
YEAR = 31_536_000  # in seconds


def create_app(settings: Settings | None = None) -> Flask:
    """The application for an installation, ready to serve. Raises RuntimeError when a view stands open."""
    settings = settings or installation.from_environment()
    app = Flask(__name__)
    app.config.update(
        NAP=settings,
        TESTING=settings.testing,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
    )
    app.jinja_options = {"cache_size": -1}  # each template is compiled once: there are nearly as many as Jinja keeps
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    languages.prepare(app)
    web.prepare(app, settings.languages)
    compression.prepare(app)
    prepare_open_data(app)
    db.init_app(app)
    security.prepare(app, settings)
    traceless.prepare(app)
    protection.prepare(app, settings)
    floods.prepare(app, settings.redis_url)
    mail.prepare(app, settings.mail_url)
    storage.prepare(app, settings.home, settings.storage_url)
    if not settings.testing:
        jobs.prepare(app, settings.home, settings.database_url, settings.redis_url, settings.secret_key)
    error_pages.prepare(app)
    components.install(app.jinja_env)
    navigation.prepare(app)
    _open_rooms(app, settings)
    _serve_files(app)
    refuse_unguarded(app)
    return app


def _open_rooms(app: Flask, settings: Settings) -> None:
    prefix = f"/<any({', '.join(settings.languages)}):lang>"
    for room in ROOMS:
        app.register_blueprint(room, url_prefix=prefix)
    app.register_blueprint(health)
    app.register_blueprint(open_data)

    @app.get("/")
    @requires("accounts.doors")
    def door() -> Any:
        return redirect(url_for("home.front", lang=languages.best_language(settings.languages)))

    if settings.development or settings.testing:

        @app.get(f"{prefix}/components")
        @requires("accounts.doors")
        def components() -> str:
            return web.page("gallery/index.html", examples=gallery.component_examples(app.jinja_env))


def _serve_files(app: Flask) -> None:
    """Static files with a digest in the address, so that browsers may keep them for ever."""
    folder = Path(app.static_folder or "")
    app.view_functions["static"].action = "accounts.doors"  # type: ignore[union-attr]
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 0 if app.config["NAP"].development else YEAR

    @cache
    def digest(name: str) -> str:
        path = folder / name
        return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""

    @app.url_defaults
    def give_digest(endpoint: str, parts: dict[str, Any]) -> None:
        if endpoint == "static":
            parts["v"] = digest(parts.get("filename", ""))
