"""What the states of a request for support are called, and how each looks as a tag."""

from nap_builder.kernel.languages import _l

STATES = {
    "draft": _l("Not sent yet"),
    "sent": _l("Sent"),
    "promised": _l("Promised"),
    "received": _l("Received"),
    "declined": _l("Declined"),
}
LOOKS = {"draft": "none", "sent": "wait", "promised": "ok", "received": "done", "declined": "late"}
OPEN = frozenset({"draft", "sent", "promised"})
