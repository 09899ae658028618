"""Outgoing mail: a letter is a row, saved with the act that causes it and sent by a job.

No mail server is a normal state: then nothing is queued, and pages show the link to hand over instead.
"""

import smtplib
import ssl
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app
from flask_mailman import EmailMessage, Mail
from flask_mailman.backends.smtp import EmailBackend
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Utc, db, new_key

mailer = Mail()
PORTS = {"smtp": 587, "smtps": 465}


class VerifyingSmtp(smtplib.SMTP):
    """A connection that goes over to TLS only with a server whose certificate holds."""

    def starttls(self, *_given: Any, context: ssl.SSLContext | None = None, **_named: Any) -> tuple[int, bytes]:
        return super().starttls(context=context or ssl.create_default_context())


class VerifyingBackend(EmailBackend):
    """Hands letters over as the library does, but never to a server that only claims its name."""

    @property
    def connection_class(self) -> Any:
        return smtplib.SMTP_SSL if self.use_ssl else VerifyingSmtp


class Letter(Base):
    """A letter to send. Its text is emptied once it is sent, since it may carry a one-time link."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    recipient: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    queued_at: Mapped[datetime] = mapped_column(Utc, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(Utc)


def prepare(app: Flask, mail_url: str | None) -> None:
    """Reads the mail server from an address such as `smtp://name:password@host:587?from=office@example`.

    `smtp` goes over to TLS (STARTTLS), `smtps` begins with it; `smtp+plain` is for a relay on the same machine.
    """
    app.config["MAIL_BACKEND"] = VerifyingBackend if mail_url else "dummy"
    if mail_url:
        parts = urlsplit(mail_url)
        app.config.update(
            MAIL_SERVER=parts.hostname,
            MAIL_PORT=parts.port or PORTS.get(parts.scheme, 25),
            MAIL_USERNAME=unquote(parts.username) if parts.username else None,
            MAIL_PASSWORD=unquote(parts.password) if parts.password else None,
            MAIL_USE_SSL=parts.scheme == "smtps",
            MAIL_USE_TLS=parts.scheme == "smtp",
            MAIL_TIMEOUT=20,
            MAIL_DEFAULT_SENDER=unquote(parts.query.removeprefix("from=")) or parts.username,
        )
    mailer.init_app(app)


def mail_is_set() -> bool:
    """Whether letters can be sent at all."""
    return bool(current_app.config.get("MAIL_SERVER")) and current_app.config["MAIL_BACKEND"] != "dummy"


def queue(recipient: str, title: str, text: str) -> Letter | None:
    """Saves a letter to be sent, within the open transaction. None where no mail server is set."""
    if not mail_is_set():
        return None
    letter = Letter(recipient=recipient, title=" ".join(title.split()), text=text)
    db.session.add(letter)
    return letter


def waiting() -> list[Letter]:
    """Letters that are not sent yet, oldest first."""
    return list(db.session.scalars(select(Letter).where(Letter.sent_at.is_(None)).order_by(Letter.id)))


def deliver(letter: Letter) -> None:
    """Hands one letter to the mail server; the message id is the row's key, so that a repeat can be recognised.

    Raises OSError or smtplib.SMTPException when the server does not take it.
    """
    headers = {"Message-ID": f"<{letter.key}@nap-builder>", "Auto-Submitted": "auto-generated"}
    EmailMessage(letter.title, letter.text, to=[letter.recipient], headers=headers).send()
