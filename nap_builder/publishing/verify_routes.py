"""The door of verification: whether a file that somebody holds was issued here. Nothing of the file is kept."""

from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from flask import Response, request

from nap_builder.kernel import signing
from nap_builder.kernel.access import requires
from nap_builder.kernel.audit import head
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.floods import floods
from nap_builder.kernel.languages import _
from nap_builder.kernel.traceless import takes_files, traceless
from nap_builder.kernel.web import page
from nap_builder.publishing.forms import VerifyForm
from nap_builder.publishing.routes import rooms
from nap_builder.publishing.verifying import KINDS, Verdict, verdict_on, verdict_on_digest

TRIES = 60  # an hour from one address


@rooms.get("/verify")
@traceless
@requires("publishing.file.verify")
def verify() -> Any:
    """Asks for a file or its fingerprint, and shows the end of the audit trail.

    `?fingerprint=` is what the square code of a printed document leads to: what is known of the version that it prints.
    """
    if "fingerprint" not in request.args:
        return _page(VerifyForm())
    form = VerifyForm(request.args)
    if not form.takes(b""):
        return _page(form), 422
    return _page(VerifyForm(), verdict_on_digest(form.digest), printed=True)


@rooms.post("/verify")
@takes_files
@traceless
@requires("publishing.file.verify")
def verify_file() -> Any:
    """Says what is known of a file."""
    form = VerifyForm(request.form)
    if floods().from_one("verify", request.remote_addr or "", TRIES):
        form.form_errors.append(_("There were too many tries in a short time. Try again in an hour."))
        return _page(form), 429, {"Retry-After": "3600"}
    sent = request.files.get("file")
    content = sent.read() if sent is not None else b""
    if not form.takes(content):
        return _page(form), 422
    return _page(VerifyForm(), verdict_on(content) if content else verdict_on_digest(form.digest))


@rooms.get("/verify/certificate.pem")
@traceless
@requires("publishing.file.verify")
def verify_certificate() -> Response:
    """The certificates that this installation signs or signed with."""
    if not (found := signing.certificates()):
        raise Missing
    answer = Response(b"".join(each.public_bytes(Encoding.PEM) for each in found), mimetype="application/x-pem-file")
    answer.headers["Content-Disposition"] = "attachment; filename=certificate.pem"
    return answer


def _page(form: VerifyForm, verdict: Verdict | None = None, *, printed: bool = False) -> str:
    known: dict[str, Any] = {"kinds": KINDS, "end": head(), "signs": signing.is_set()}
    return page("publishing/verify.html", form=form, verdict=verdict, printed=printed, **known)
