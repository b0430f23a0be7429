"""The push client against a real broker: Debian's mosquitto, with mutual TLS and certificates of our own making."""

import asyncio
import base64
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
import ipaddress
import os
from pathlib import Path
import shutil
import socket
import ssl
import subprocess
import time

import aiomqtt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
import pytest

from custom_components.dongju.vendors.backoff import Backoff
from custom_components.dongju.vendors.thinq.certificate import create_request, tls_context
from custom_components.dongju.vendors.thinq.push import PushClient, PushEndpoint

MOSQUITTO = shutil.which("mosquitto") or next(
    (path for path in ("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto") if Path(path).exists()), None
)
pytestmark = pytest.mark.skipif(MOSQUITTO is None, reason="needs mosquitto: apt-get install mosquitto")

TOPIC = "app/clients/dongju-test/push"
WAIT = 15.0


_CA_USAGE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


class Authority:
    """A certificate authority on disk."""

    def __init__(self, folder: Path, name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = self._build(self.name, self.key.public_key(), ca=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def _build(self, subject: x509.Name, key: object, *, ca: bool = False, host: str | None = None) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key)  # type: ignore[arg-type]
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime.now(UTC) - timedelta(days=1))
            .not_valid_after(datetime.now(UTC) + timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        if ca:
            builder = builder.add_extension(_CA_USAGE, critical=True).add_extension(
                x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False
            )
        if host:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def server(self, folder: Path) -> tuple[Path, Path]:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "broker")])
        certificate = self._build(name, key.public_key(), host="127.0.0.1")
        files = folder / "broker.pem", folder / "broker.key"
        files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        files[1].write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return files

    def sign(self, request: str) -> str:
        csr = x509.load_der_x509_csr(base64.b64decode(request))
        return self._build(csr.subject, csr.public_key()).public_bytes(serialization.Encoding.PEM).decode()


class Broker:
    """A mosquitto that can be stopped and started again on the same port, keeping its sessions."""

    def __init__(self, folder: Path, authority: Authority) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        certificate, key = authority.server(folder)
        self.config = folder / "mosquitto.conf"
        # As root it would give up its rights, and with them those to the files of this test.
        user = "user root\n" if os.geteuid() == 0 else ""
        self.config.write_text(
            f"listener {self.port} 127.0.0.1\n"
            f"cafile {authority.file}\ncertfile {certificate}\nkeyfile {key}\n"
            "require_certificate true\nuse_identity_as_username true\nallow_anonymous true\n"
            f"persistence true\npersistence_location {folder}/\nautosave_interval 1\n{user}"
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert MOSQUITTO is not None
        command = [MOSQUITTO, "-c", str(self.config)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - Debian's own broker
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("mosquitto did not start")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(WAIT)
            self.process = None


class Owner:
    """Records what the push client does."""

    def __init__(self, authority: Authority, port: int) -> None:
        self.authority = authority
        self.port = port
        self.messages: list[bytes] = []
        self.connects = 0
        self.reasons: list[str] = []
        self.renewals = 0
        self.afresh: list[bool] = []
        self.signer = authority

    def _context(self) -> ssl.SSLContext:
        key, request = create_request()
        return tls_context(self.signer.sign(request), key, port=self.port, ca=self.authority.file.read_text())

    async def prepare(self, *, afresh: bool) -> PushEndpoint:
        self.afresh.append(afresh)
        context = await asyncio.get_running_loop().run_in_executor(None, self._context)
        return PushEndpoint(host="127.0.0.1", port=self.port, client_id="dongju-test", topics=(TOPIC,), tls=context)

    def renew(self) -> None:
        self.renewals += 1
        self.signer = self.authority

    def handle_message(self, payload: bytes) -> None:
        self.messages.append(payload)

    def handle_connected(self) -> None:
        self.connects += 1

    def handle_disconnected(self, reason: str) -> None:
        self.reasons.append(reason)


async def until(true: object) -> None:
    async with asyncio.timeout(WAIT):
        while not true():  # type: ignore[operator]  # noqa: ASYNC110 - asks what nobody announces
            await asyncio.sleep(0.02)


@pytest.fixture
async def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "authority")


@pytest.fixture
async def broker(socket_enabled: None, tmp_path: Path, authority: Authority) -> AsyncGenerator[Broker]:
    mosquitto = Broker(tmp_path, authority)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, mosquitto.start)
    yield mosquitto
    await loop.run_in_executor(None, mosquitto.stop)


@pytest.fixture
def owner(authority: Authority, broker: Broker) -> Owner:
    return Owner(authority, broker.port)


@pytest.fixture
async def running(owner: Owner) -> AsyncGenerator[PushClient]:
    client = PushClient(
        owner,
        monotonic=time.monotonic,
        backoff=Backoff(base=0.1, cap=0.3, floor=0.05),
        keep_alive=5,
        probe_seconds=0.5,
    )
    task = asyncio.create_task(client.run())
    yield client
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def publish(owner: Owner, payload: bytes) -> None:
    """Publish as somebody else."""
    endpoint = await owner.prepare(afresh=False)
    async with aiomqtt.Client("127.0.0.1", owner.port, identifier="publisher", tls_context=endpoint.tls) as other:
        await other.publish(TOPIC, payload, qos=1)


async def test_messages_arrive(owner: Owner, running: PushClient) -> None:
    await until(lambda: running.connected)
    await publish(owner, b"hello")
    await until(lambda: owner.messages == [b"hello"])
    assert owner.connects == 1


async def test_the_broker_proves_itself_again_and_again(owner: Owner, running: PushClient) -> None:
    await until(lambda: running.connected)
    silences = [running.silent_seconds or 0.0]

    def proven() -> bool:
        silences.append(running.silent_seconds or 0.0)
        return silences[-1] < silences[-2]

    for _ in range(3):
        await until(proven)
    assert owner.connects == 1


async def test_a_restarted_broker_is_found_again_and_messages_come(
    owner: Owner, broker: Broker, running: PushClient
) -> None:
    await until(lambda: running.connected)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, broker.stop)
    await until(lambda: not running.connected)
    assert len(owner.reasons) == 1
    await until(lambda: True in owner.afresh)
    await loop.run_in_executor(None, broker.start)
    await until(lambda: running.connected)
    await publish(owner, b"after")
    await until(lambda: b"after" in owner.messages)
    assert owner.connects == 2


async def test_a_broker_that_forgot_everything_is_subscribed_to_again(
    owner: Owner, broker: Broker, running: PushClient, tmp_path: Path
) -> None:
    await until(lambda: running.connected)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, broker.stop)
    await loop.run_in_executor(None, lambda: (tmp_path / "mosquitto.db").unlink(missing_ok=True))
    await loop.run_in_executor(None, broker.start)
    await until(lambda: running.connected)
    await publish(owner, b"again")
    await until(lambda: b"again" in owner.messages)


async def test_messages_sent_while_away_are_kept_by_the_session(
    owner: Owner, broker: Broker, running: PushClient
) -> None:
    await until(lambda: running.connected)
    # Another connection of our client id throws us out; what is sent until we are back waits in the session.
    endpoint = await owner.prepare(afresh=False)
    async with aiomqtt.Client(
        "127.0.0.1", owner.port, identifier="dongju-test", tls_context=endpoint.tls, clean_session=False
    ):
        await until(lambda: not running.connected or owner.connects > 1)
    await publish(owner, b"meanwhile")
    await until(lambda: b"meanwhile" in owner.messages)


async def test_a_certificate_of_somebody_else_is_replaced(owner: Owner, tmp_path: Path, broker: Broker) -> None:
    owner.signer = await asyncio.get_running_loop().run_in_executor(None, Authority, tmp_path, "stranger")
    client = PushClient(owner, monotonic=time.monotonic, backoff=Backoff(base=0.1, cap=0.3, floor=0.05))
    task = asyncio.create_task(client.run())
    try:
        await until(lambda: client.connected)
        assert owner.renewals == 1
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
