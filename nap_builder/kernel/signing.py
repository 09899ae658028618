"""Signatures, as the program asks for them: of a service on a socket, which alone can read the key (`signer/`)."""

import contextlib
import json
import logging
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from flask import current_app

from nap_builder.kernel import storage
from nap_builder.kernel.errors import DomainError, Missing
from nap_builder.kernel.framed import Torn, receive, send
from nap_builder.kernel.languages import _

log = logging.getLogger(__name__)

KEPT = "certificates"
PATIENCE = 60  # seconds


class NotSigned(DomainError):
    """No signature was made; the message says so to a person, and the log says why."""

    status: ClassVar[int] = 503


@dataclass(frozen=True)
class Signer:
    """The service that answers: its certificate, and where its key lies, whose it is and in which mode."""

    certificate: x509.Certificate
    key: Path
    owner: int
    mode: int


def is_set() -> bool:
    """Whether this installation signs."""
    return _place() is not None


def signed_pdf(pdf: bytes) -> bytes:
    """A PDF with the signature of this installation, or as it is where none is set up. Raises NotSigned."""
    if not is_set():
        return pdf
    sealed = _asked("pdf", pdf)
    _keep_certificate()
    return sealed


def signed_head(head: str) -> bytes:
    """An end of the audit trail within its signature (CMS, DER). Raises Missing where none is set up, and NotSigned."""
    if not is_set():
        raise Missing
    return _asked("head", head.encode())


def signer() -> Signer:
    """Who signs. Raises NotSigned when the service does not answer."""
    told = json.loads(_asked("about", b""))
    certificate = x509.load_pem_x509_certificate(told["certificate"].encode())
    return Signer(certificate, Path(told["key"]), told["owner"], told["mode"])


def certificates() -> list[x509.Certificate]:
    """Those that this installation signed with, by their fingerprint, and the one it signs with now if it answers."""
    kept = [x509.load_pem_x509_certificate(storage.get(name)) for name in storage.names(KEPT)]
    if is_set():
        with contextlib.suppress(NotSigned):
            kept.append(signer().certificate)
    return list({fingerprint_of(each): each for each in kept}.values())


def fingerprint_of(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate, in hexadecimal letters."""
    return certificate.fingerprint(SHA256()).hex()


def _keep_certificate() -> None:
    certificate = signer().certificate
    name = f"{KEPT}/{fingerprint_of(certificate)}.pem"
    if not storage.exists(name):
        storage.put(name, certificate.public_bytes(Encoding.PEM))


def _place() -> Path | None:
    place: Path | None = current_app.config["NAP"].signer_socket
    return place


def _asked(word: str, body: bytes) -> bytes:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(str(_place()))
            with line.makefile("wb") as out, line.makefile("rb") as back:
                send(out, word, body)
                answer, content = receive(back)
    except (OSError, Torn) as error:
        log.warning("the signing service does not answer: %r", error)
        raise NotSigned(_silent()) from error
    if answer != "done":
        log.warning("the signing service refused: %s", content[:200].decode("utf-8", "replace"))
        raise NotSigned(_("The signing service did not sign this. Nothing was issued. Tell the administrator."))
    return content


def _silent() -> str:
    return _(
        "The signature could not be made, because the signing service does not answer. Nothing unsigned was issued, "
        "and what was issued before stays. Try again in a few minutes, or tell the administrator."
    )
