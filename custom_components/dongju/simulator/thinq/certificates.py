"""Certificate authority of the mock ThinQ cloud: server and client certificates, TLS context.

Everything here computes or reads files: the cloud calls it in an executor, never on the loop.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import ipaddress
from pathlib import Path
import ssl
import tempfile
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_ALPN: Final = ["x-amzn-mqtt-ca", "mqtt"]
_YEARS: Final = timedelta(days=3650)
_CA_NAME: Final = x509.Name(
    [
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Dongju simulator"),
        x509.NameAttribute(NameOID.COMMON_NAME, "Dongju mock ThinQ root CA"),
    ]
)


class SigningRequestError(ValueError):
    """A certificate signing request cannot be read or is not signed by its own key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IssuedCertificate:
    """A client certificate and the serial number it is known by."""

    pem: str
    serial: str


class CertificateAuthority:
    """A private EC certificate authority."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        """Use `create` or `load` instead."""
        self._key = key
        self._certificate = certificate
        self.certificate_pem: Final = certificate.public_bytes(serialization.Encoding.PEM).decode()

    @classmethod
    def create(cls) -> CertificateAuthority:
        """Make a new authority."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _certificate(_CA_NAME, _CA_NAME, key.public_key())
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_key_usage(ca=True), critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        return cls(key, builder.sign(key, hashes.SHA256()))

    @classmethod
    def load(cls, key_pem: str, certificate_pem: str) -> CertificateAuthority:
        """Take up an authority saved before; raise ValueError when it is damaged."""
        key = serialization.load_pem_private_key(key_pem.encode(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("the authority's key is not an EC key")
        return cls(key, x509.load_pem_x509_certificate(certificate_pem.encode()))

    def key_pem(self) -> str:
        """Return the private key, to be kept with the home."""
        return _private_pem(self._key).decode()

    def sign_request(self, csr: str) -> IssuedCertificate:
        """Sign a client's request, given as base64 of its DER form; raise SigningRequestError."""
        try:
            request = x509.load_der_x509_csr(base64.b64decode(csr, validate=True))
            valid = request.is_signature_valid
            public_key = request.public_key()
        except (binascii.Error, ValueError, UnsupportedAlgorithm, InvalidSignature) as err:
            raise SigningRequestError(f"unreadable signing request: {err}") from err
        if not valid or not isinstance(
            public_key, (rsa.RSAPublicKey, ec.EllipticCurvePublicKey, ed25519.Ed25519PublicKey)
        ):
            raise SigningRequestError("the signing request is not signed by an accepted key")
        builder = _certificate(request.subject, self._certificate.subject, public_key)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_key_usage(ca=False), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        builder = builder.add_extension(self._authority_identifier(), critical=False)
        certificate = builder.sign(self._key, hashes.SHA256())
        return IssuedCertificate(
            pem=certificate.public_bytes(serialization.Encoding.PEM).decode(),
            serial=f"{certificate.serial_number:X}",
        )

    def server_context(self) -> ssl.SSLContext:
        """Return a TLS context with a fresh server certificate that demands ours of a client."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        names = x509.SubjectAlternativeName(
            [
                x509.DNSName("localhost"),
                x509.IPAddress(ipaddress.IPv4Address("127.0.0.1")),
                x509.IPAddress(ipaddress.IPv6Address("::1")),
            ]
        )
        builder = _certificate(subject, self._certificate.subject, key.public_key())
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_key_usage(ca=False), critical=True)
        builder = builder.add_extension(names, critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        builder = builder.add_extension(self._authority_identifier(), critical=False)
        certificate = builder.sign(self._key, hashes.SHA256())

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=self.certificate_pem)
        context.set_alpn_protocols(_ALPN)
        # OpenSSL takes certificate and key from a file only.
        with tempfile.NamedTemporaryFile(prefix="dongju-", suffix=".pem") as file:
            file.write(_private_pem(key) + certificate.public_bytes(serialization.Encoding.PEM))
            file.flush()
            context.load_cert_chain(file.name)
        return context

    def write_certificate(self, folder: Path) -> Path:
        """Write the authority's certificate into a folder and return the file."""
        file = folder / "AmazonRootCA1.pem"
        file.write_text(self.certificate_pem, encoding="ascii")
        return file

    def _authority_identifier(self) -> x509.AuthorityKeyIdentifier:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey,
) -> x509.CertificateBuilder:
    # Real time, not the virtual home's: TLS libraries check against the machine's clock.
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _YEARS)
    )


def _key_usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=False,
        key_encipherment=not ca,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
