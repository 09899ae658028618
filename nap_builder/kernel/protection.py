"""What every answer carries against misuse: headers, limits, forgery tokens, known hosts."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from nap_builder.kernel.actor import actor
from nap_builder.settings import Settings

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, strategy="fixed-window", headers_enabled=False)

LARGEST_FORM_FIELD = 2_000_000
MOST_FIELDS = 2_000
POLICY = "; ".join(  # noqa: FLY002 - one directive a line
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def by_person() -> str:
    """Whom a limit counts for where people are signed in: a whole ministry may share one address."""
    return f"person {actor().id}"


def prepare(app: Flask, settings: Settings) -> None:
    """Sets cookies, sizes, hosts, limits and headers of an application."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="nap",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.encrypted_transport,
        MAX_CONTENT_LENGTH=(settings.import_megabytes + 1) * 1_000_000,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM_FIELD,
        MAX_FORM_PARTS=MOST_FIELDS,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_ENABLED=not settings.testing,
    )
    if settings.base_url:
        own = [urlsplit(address).hostname for address in (settings.base_url, settings.onion_url) if address]
        app.config["TRUSTED_HOSTS"] = [*own, "127.0.0.1", "localhost", "::1"]
    if settings.trusted_hops:
        hops = settings.trusted_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    app.before_request(_name_request)
    app.before_request(_refuse_many_fields)
    csrf.init_app(app)
    limiter.init_app(app)
    app.before_request(_refuse_nul)
    app.after_request(_headers)


def _name_request() -> None:
    g.request_id = secrets.token_hex(8)


def _refuse_nul() -> None:
    """No address holds a NUL: PostgreSQL cannot compare one, and nobody types one."""
    if any("\0" in text for text in (request.path, *request.args, *request.args.values())):
        abort(400)


def _refuse_many_fields() -> None:
    """The library counts the parts of a form with files alone; other forms are counted here, before they are read."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return
    length = request.content_length
    if length is None or length > LARGEST_FORM_FIELD or request.get_data().count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge


def _headers(answer: Response) -> Response:
    head = answer.headers
    head.setdefault("Content-Security-Policy", POLICY)
    head["X-Content-Type-Options"] = "nosniff"
    head["Referrer-Policy"] = "same-origin"
    head["Cross-Origin-Opener-Policy"] = "same-origin"
    head["Cross-Origin-Resource-Policy"] = "same-origin"
    head["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    if request.is_secure:
        head["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static":
        head.setdefault("Cache-Control", "no-store" if g.get("personal", True) else "no-cache")
        answer.vary.add("Cookie")
    return answer
