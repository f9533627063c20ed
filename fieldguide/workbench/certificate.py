"""A certificate of its own for one run of a shared workbench: other machines in the same network read no word of it.

Nobody vouches for it, so browsers warn; the fingerprint that the program prints tells that it is the right one. It is
the only user of cryptography here, which only those need who share: whoever imports this module says what to install.
"""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

LASTS = timedelta(days=7)
"""A run ends long before; what somebody has copied is worth nothing afterwards."""


def write_certificate(folder: Path, hosts: Sequence[str], now: datetime) -> tuple[Path, Path, str]:
    """Write a new key and its certificate for these addresses into a folder that nobody else can read.

    Gives the files of certificate and key, and the fingerprint as browsers show it.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Field Guide workbench")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # clocks of phones differ
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName([_name(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    cert_file = _write(folder / "cert.pem", certificate.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return cert_file, _write(folder / "key.pem", secret), certificate.fingerprint(SHA256()).hex(":").upper()


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _write(path: Path, body: bytes) -> Path:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
    return path
