"""A small State served to browsers for one test, and the windows of those who work in it."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import BytecodeCache
from playwright.sync_api import Page, Playwright
from sqlalchemy import create_engine
from werkzeug.serving import make_server

from nap_builder.accounts.hashing import hash_password
from nap_builder.app import create_app
from nap_builder.kernel import schema
from nap_builder.kernel.database import db, transaction
from nap_builder.settings import Settings
from tests.browser.conftest import CHROMIUM, SWITCHES
from tests.builders.world import World, a_world

PASSWORD = "a password of somebody who works here"
SECRET = "a secret of those who work here that is long enough"


@contextlib.contextmanager
def serving(home: Path, compiled: BytecodeCache, build: Callable[[World], None]) -> Iterator[str]:
    """The address of a small State to which `build` adds; everybody in it has the same password."""
    url = f"sqlite:///{home / 'nap.sqlite'}"
    engine = create_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    app = create_app(Settings(home=home, database_url=url, secret_key=SECRET, testing=True, demo=True))
    app.jinja_env.bytecode_cache = compiled
    with app.app_context(), transaction():
        world, hashed = a_world(), hash_password(PASSWORD)
        build(world)
        for person in world.people.values():
            person.password = hashed
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@contextlib.contextmanager
def windows(address: str, playwright: Playwright) -> Iterator[Callable[[str], Page]]:
    """A function: the window of somebody who signed in, or of a reader without an account (""); scripts are off."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)

    def window(name: str) -> Page:
        page = browser.new_context(base_url=address, java_script_enabled=False).new_page()
        if name:
            page.goto("/en/sign-in")
            page.fill("input[name=email]", f"{name}@test.example")
            page.fill("input[name=password]", PASSWORD)
            page.locator("main form button").first.click()
        return page

    yield window
    browser.close()
