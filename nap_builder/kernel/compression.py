"""Answers made smaller on the way, for poor lines: files of the site, and pages that people read without signing in.

A page of somebody who is signed in, or one with a form, is sent as it is. Its length would tell whoever listens, and
can have words of their own put into it, what else stands in it (the attack called BREACH).
"""

from flask import Flask, Response, g, request
from flask_compress import Compress

from nap_builder.kernel.actor import actor

compress = Compress()


def prepare(app: Flask) -> None:
    """Makes answers smaller. Called before whatever else changes them: who registers first has the last word."""
    app.config.update(COMPRESS_REGISTER=False, COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=5)
    compress.init_app(app)
    app.after_request(_smaller)


def _smaller(answer: Response) -> Response:
    of_the_site = request.endpoint == "static"
    for_everybody = request.method == "GET" and not actor().signed_in and "csrf_token" not in g
    if of_the_site:
        answer.direct_passthrough = False
        answer.make_sequence()  # whole, so that its length is told and the file is closed
    return compress.after_request(answer) if of_the_site or for_everybody else answer
