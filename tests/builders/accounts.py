"""People for tests, with a password whose hash is made beforehand."""

from nap_builder.accounts.models import Person, RoleGrant
from nap_builder.kernel.database import db

PASSWORD = "orchid tunnel bracket nine"
# argon2id with little memory and one round, so that tests are quick; it verifies like any other.
PASSWORD_HASH = "$argon2id$v=19$m=64,t=1,p=1$AcBYS+nd+3+PMWZsTemdMw$8hLMRpWD5onK2HrNpVuhKZwIBU1dCq8EXtTqWiwXaFU"


def a_person(
    *,
    role: str = "official",
    email: str | None = None,
    name: str = "Amina Rehn",
    institution_id: int | None = None,
    password: str | None = PASSWORD_HASH,
    active: bool = True,
) -> Person:
    """A person with one role, saved within the open transaction; None as `password` is somebody merely invited."""
    email = email or f"{role}.{name.split(maxsplit=1)[0].lower()}@test.example"
    person = Person(email=email, name=name, password=password, active=active)
    person.grants.append(RoleGrant(role=role, institution_id=institution_id))
    db.session.add(person)
    db.session.flush()
    return person
