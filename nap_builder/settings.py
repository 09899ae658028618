"""What an installation is told from outside: one frozen value read from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Settings:
    """The settings of one installation. Paths are absolute; addresses bear no slash at their end."""

    home: Path
    database_url: str
    secret_key: str
    redis_url: str | None = None
    storage_url: str | None = None
    base_url: str | None = None
    onion_url: str | None = None
    mail_url: str | None = None
    demo: bool = False
    development: bool = False
    testing: bool = False
    trusted_hops: int = 0
    languages: tuple[str, ...] = ("en", "fr", "ar")
    import_megabytes: int = 50
    iati_org: str | None = None
    signer_socket: Path | None = None

    @property
    def embedded(self) -> bool:
        """Whether the database is the SQLite file that comes with the installation."""
        return self.database_url.startswith("sqlite")

    @property
    def database_file(self) -> Path:
        """The file of the embedded database; meaningless for another one."""
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def encrypted_transport(self) -> bool:
        """Whether readers reach the installation by https, so that cookies may insist on it."""
        return bool(self.base_url and self.base_url.startswith("https:"))


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Reads `NAP_HOME`, `NAP_DATABASE_URL` and their kin.

    Makes the folder of data and, where no `NAP_SECRET_KEY` is given, a secret kept in it (mode 0600).
    """
    env = os.environ if environment is None else environment
    home = Path(env.get("NAP_HOME") or PROJECT / "instance").resolve()
    home.mkdir(parents=True, exist_ok=True)
    return Settings(
        home=home,
        database_url=_database_url(env.get("NAP_DATABASE_URL"), home),
        secret_key=env.get("NAP_SECRET_KEY") or _kept_secret(home),
        redis_url=env.get("NAP_REDIS_URL") or None,
        storage_url=env.get("NAP_STORAGE_URL") or None,
        base_url=(env.get("NAP_BASE_URL") or "").rstrip("/") or None,
        onion_url=(env.get("NAP_ONION_URL") or "").rstrip("/") or None,
        mail_url=env.get("NAP_MAIL_URL") or None,
        iati_org=(env.get("NAP_IATI_ORG") or "").strip() or None,
        signer_socket=_path(env.get("NAP_SIGNER_SOCKET")),
        demo=env.get("NAP_DEMO") == "1",
        development=env.get("NAP_DEVELOPMENT") == "1",
        trusted_hops=int(env.get("NAP_TRUSTED_HOPS") or 0),
    )


@dataclass(frozen=True)
class SignerSettings:
    """What the signing service is told, which is no part of an installation: it knows neither its data nor its secret.

    `passphrase` is the file of the key's passphrase; None for the one beside the key.
    """

    key: Path
    socket: Path
    passphrase: Path | None


def signer_from_environment(environment: Mapping[str, str] | None = None) -> SignerSettings:
    """Reads `NAP_SIGNING_KEY` and its kin. Raises SystemExit, in English, where one is missing."""
    env = os.environ if environment is None else environment
    key, socket = _path(env.get("NAP_SIGNING_KEY")), _path(env.get("NAP_SIGNER_SOCKET"))
    if key is None or socket is None:
        raise SystemExit("nap signer: set NAP_SIGNING_KEY and NAP_SIGNER_SOCKET")
    return SignerSettings(key, socket, _path(env.get("NAP_SIGNING_PASSPHRASE_FILE")))


def _path(given: str | None) -> Path | None:
    return Path(given).absolute() if given else None


def _database_url(given: str | None, home: Path) -> str:
    if not given:
        return f"sqlite:///{home / 'nap.sqlite'}"
    for plain in ("postgres://", "postgresql://"):
        if given.startswith(plain):
            return "postgresql+psycopg://" + given.removeprefix(plain)
    return given


def _kept_secret(home: Path) -> str:
    """The installation's own secret, made once; two processes that start together agree on one."""
    path = home / "secret.key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
