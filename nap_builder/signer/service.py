"""The signing service: it answers on a Unix socket, signs what it is given, and says which files it signed.

It is the only process that opens the key. It knows no plan, no database and no person: whoever may use the socket can
have a document signed, and the log of this process, which they cannot write, tells of each.
"""

import json
import logging
import os
import re
import resource
import signal
import socketserver
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7, pkcs12
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.signers import SimpleSigner

from nap_builder.kernel.framed import Torn, receive, send
from nap_builder.settings import SignerSettings, signer_from_environment
from nap_builder.signer.keys import passphrase_beside
from nap_builder.signer.sealing import seal

log = logging.getLogger("nap-signer")

PATIENCE = 40  # seconds for a message and its answer, so that one who dawdles does not keep the others waiting
END_OF_A_TRAIL = re.compile(rb"[0-9]{1,18}\t[0-9a-f]{64}\n")  # and nothing that says something else
ABOUT, PDF, HEAD, DONE, REFUSED = "about", "pdf", "head", "done", "refused"


class Refused(Exception):
    """What is not signed, with the reason in English for the log."""


class Key:
    """The key, read once when the service starts."""

    def __init__(self, given: SignerSettings) -> None:
        self.place = given.key
        self.stands = self.place.stat()
        if self.stands.st_mode & 0o077:
            raise SystemExit(f"nap signer: {self.place} is open to others: chmod 600 it")
        passphrase = (given.passphrase or passphrase_beside(self.place)).read_bytes().strip()
        packed = self.place.read_bytes()
        self.key, certificate, self.others = pkcs12.load_key_and_certificates(packed, passphrase)
        if certificate is None:
            raise SystemExit(f"nap signer: {self.place} holds no certificate")
        self.certificate: x509.Certificate = certificate
        self.signer = SimpleSigner.load_pkcs12_data(packed, [], passphrase)

    def answer(self, word: str, body: bytes) -> bytes:
        """What is answered to a message. Raises Refused."""
        if word == ABOUT:
            return self._about()
        if datetime.now(UTC) > self.certificate.not_valid_after_utc:
            raise Refused("the certificate has ended")
        if word == PDF:
            return self._pdf(body)
        if word == HEAD:
            return self._head(body)
        raise Refused("an unknown word")

    def _about(self) -> bytes:
        told = {"certificate": self.certificate.public_bytes(Encoding.PEM).decode(), "key": str(self.place)}
        return json.dumps({**told, "owner": self.stands.st_uid, "mode": self.stands.st_mode}).encode()

    def _pdf(self, pdf: bytes) -> bytes:
        try:
            sealed = seal(pdf, self.signer)
        except (PdfError, LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise Refused("no PDF of ours") from error
        log.warning("signed a PDF: sha256 %s", sha256(sealed).hexdigest())
        return sealed

    def _head(self, head: bytes) -> bytes:
        if not END_OF_A_TRAIL.fullmatch(head):
            raise Refused("no end of an audit trail")
        made = pkcs7.PKCS7SignatureBuilder().set_data(head).add_signer(self.certificate, self.key, SHA256())  # type: ignore[arg-type]
        return made.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])


class Asked(socketserver.StreamRequestHandler):
    """One message and its answer."""

    server: "Service"

    def handle(self) -> None:
        """Answers, or says that it does not."""
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        try:
            self._answer()
        except TimeoutError:
            log.warning("refused: it took too long")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _answer(self) -> None:
        try:
            word, body = receive(self.rfile)  # type: ignore[arg-type]
            told: tuple[str, bytes] = (DONE, self.server.key.answer(word, body))
        except Refused as refusal:
            log.warning("refused: %s", refusal)
            told = (REFUSED, str(refusal).encode())
        except (Torn, ConnectionError):
            return
        send(self.wfile, *told)  # type: ignore[arg-type]


class Service(socketserver.UnixStreamServer):
    """The socket, which its owner and their group may use."""

    def __init__(self, place: Path, key: Key) -> None:
        self.key = key
        if place.is_socket():
            place.unlink()
        before = os.umask(0o117)
        try:
            super().__init__(str(place), Asked)
        finally:
            os.umask(before)


def _too_late(_number: int, _frame: object) -> None:
    raise TimeoutError


def main() -> None:
    """Serves until the process is told to stop."""
    logging.basicConfig(format="%(name)s: %(message)s")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, _too_late)
    given = signer_from_environment()
    with Service(given.socket, Key(given)) as service:
        service.serve_forever()


if __name__ == "__main__":
    main()
