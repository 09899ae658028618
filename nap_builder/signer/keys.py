"""Keys to sign with: a PKCS#12 file that holds a key and its certificate, and a file with the passphrase beside it."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

BITS = 3072
OTHER_USES = (
    *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"),
    *("encipher_only", "decipher_only"),
)


def new_key(out: Path, name: str, country: str | None, begins: datetime, ends: datetime) -> x509.Certificate:
    """Makes a key with a certificate that it signed itself, valid between two moments, and keeps it in `out`; the
    passphrase, drawn by lot, goes into `passphrase_beside(out)`. Only their owner may read them.

    `country` is two letters. Raises FileExistsError, and ValueError for what no certificate can say.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    certificate = _certificate(key, _subject(name, country), begins, ends)
    passphrase = secrets.token_urlsafe(32)
    packed = pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, None, BestAvailableEncryption(passphrase.encode())
    )
    _keep(out, packed)
    _keep(passphrase_beside(out), passphrase.encode())
    return certificate


def passphrase_beside(key: Path) -> Path:
    """The file of a key's passphrase, where no other is named."""
    return key.with_name(key.name + ".passphrase")


def _subject(name: str, country: str | None) -> x509.Name:
    said = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if country:
        said.insert(0, x509.NameAttribute(NameOID.COUNTRY_NAME, country))
    return x509.Name(said)


def _certificate(key: rsa.RSAPrivateKey, name: x509.Name, begins: datetime, ends: datetime) -> x509.Certificate:
    use = x509.KeyUsage(digital_signature=True, content_commitment=True, **dict.fromkeys(OTHER_USES, False))
    return (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begins, ends)
        .add_extension(use, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )


def _keep(place: Path, content: bytes) -> None:
    with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
