"""Key, certificate and TLS context, tried in a handshake that never leaves memory."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
import ssl
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
import pytest

from custom_components.dongju.vendors.thinq.certificate import create_request, tls_context

ALPN = "x-amzn-mqtt-ca"


@pytest.fixture(scope="module")
def request_pair() -> tuple[str, str]:
    return create_request()


def self_signed(key_pem: str) -> str:
    key = serialization.load_pem_private_key(key_pem.encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lg_thinq")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def test_the_request_is_what_lg_signs(request_pair: tuple[str, str]) -> None:
    key, request = request_pair
    csr = x509.load_der_x509_csr(base64.b64decode(request))
    assert csr.is_signature_valid
    assert csr.subject.rfc4514_string() == "CN=lg_thinq"
    assert isinstance(csr.signature_hash_algorithm, hashes.SHA512)
    public = csr.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 2048
    assert "BEGIN PRIVATE KEY" in key


@pytest.mark.parametrize(("port", "expected"), [(443, ALPN), (8883, None)])
def test_alpn_is_spoken_on_the_port_of_web_servers_only(
    request_pair: tuple[str, str], tmp_path: Path, port: int, expected: str | None
) -> None:
    key, _ = request_pair
    client = tls_context(self_signed(key), key, port=port)
    client.check_hostname = False
    client.verify_mode = ssl.CERT_NONE
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(_server_chain(tmp_path))
    server.set_alpn_protocols([ALPN, "http/1.1"])
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = (
        client.wrap_bio(to_client, to_server, server_hostname="broker"),
        server.wrap_bio(to_server, to_client, server_side=True),
    )
    _shake(ends)
    assert ends[1].selected_alpn_protocol() == expected


def _shake(ends: tuple[ssl.SSLObject, ssl.SSLObject]) -> None:
    open_ends = list(ends)
    for _ in range(10):
        for end in tuple(open_ends):
            try:
                end.do_handshake()
                open_ends.remove(end)
            except ssl.SSLWantReadError:
                continue
    assert not open_ends


def _server_chain(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "broker")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(2)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return file


def test_the_key_does_not_stay_on_disk(
    request_pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = request_pair
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tls_context(self_signed(key), key, port=8883)
    with pytest.raises(ssl.SSLError):
        tls_context(self_signed(key), "no key", port=8883)
    assert list(tmp_path.iterdir()) == []
