"""The key and certificate by which the push connection knows us. Everything here blocks: run it in an executor."""

import base64
import os
from pathlib import Path
import ssl
import tempfile
from typing import Final, override

import certifi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_COMMON_NAME: Final = "lg_thinq"
_KEY_BITS: Final = 2048
_HANDSHAKE_SECONDS: Final = 10.0
_ALPN: Final = "x-amzn-mqtt-ca"

ALPN_PORT: Final = 443
"""On this port LG's broker shares its listener with a web server and wants to be told which is meant."""


class _HastySocket(ssl.SSLSocket):
    """A socket that gives a handshake little time: the thread that waits for it cannot be called back."""

    @override
    def do_handshake(self, block: bool = False) -> None:
        self.settimeout(_HANDSHAKE_SECONDS)
        super().do_handshake(block)


def create_request() -> tuple[str, str]:
    """Return a new private key as PEM, and a signing request as LG wants it: DER in base64."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _COMMON_NAME)])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA512())
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    return pem, base64.b64encode(request.public_bytes(serialization.Encoding.DER)).decode()


def tls_context(certificate: str, private_key: str, *, port: int, ca: str | None = None) -> ssl.SSLContext:
    """Return a context for mutual TLS; `ca` replaces the public authorities. Raises ssl.SSLError or ValueError.

    Python loads a key from files only: this one is readable by nobody else and gone before the function returns.
    """
    context = ssl.create_default_context(cadata=ca)
    context.sslsocket_class = _HastySocket
    if ca is None:
        context.load_verify_locations(cafile=certifi.where())
    handle, name = tempfile.mkstemp(prefix="dongju-", suffix=".pem")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{certificate.strip()}\n{private_key.strip()}\n")
        context.load_cert_chain(name)
    finally:
        Path(name).unlink(missing_ok=True)
    if port == ALPN_PORT:
        context.set_alpn_protocols([_ALPN])
    return context
