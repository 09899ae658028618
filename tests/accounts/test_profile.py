"""What people do with their own account."""

from tests.accounts.conftest import sign_in
from tests.builders.accounts import PASSWORD


def test_name_post_and_language_are_saved(client, someone):
    sign_in(client, "amina@defence.example")
    client.get("/en/profile").submit(name="Amina R.", post="Head of unit", language="fr")
    assert (someone.name, someone.post, someone.language) == ("Amina R.", "Head of unit", "fr")


def test_a_profile_saved_meanwhile_is_not_overwritten(client, someone):
    sign_in(client, "amina@defence.example")
    page = client.get("/en/profile")
    client.get("/en/profile").submit(name="First")
    assert "First" in page.submit(name="Second", expect=409).text
    assert someone.name == "First"


def test_the_present_password_is_asked(client, someone):
    sign_in(client, "amina@defence.example")
    page = client.get("/en/profile/password").submit(
        present="wrong words here", password="velvet anchor mountain", expect=422
    )
    assert "not your password" in page.words


def test_the_new_password_must_not_be_ones_own_name(client, someone):
    sign_in(client, "amina@defence.example")
    client.get("/en/profile/password").submit(present=PASSWORD, password="amina rehn1", expect=422)


def test_the_public_has_no_profile(client, world):
    client.get("/en/profile", expect=302)


def test_every_page_opens_in_arabic_and_french(client, someone):
    sign_in(client, "amina@defence.example")
    for language in ("ar", "fr"):
        for address in ("profile", "profile/password", "profile/second-factor", "confirm"):
            client.get(f"/{language}/{address}")
