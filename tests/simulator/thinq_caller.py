"""A plain caller of the mock ThinQ cloud: REST by aiohttp, MQTT by aiomqtt, nothing of the product."""

import asyncio
import base64
from dataclasses import dataclass
import json
from pathlib import Path
import ssl
import tempfile
from typing import Any
import uuid

import aiohttp
import aiomqtt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CLIENT_BODY = {"type": "MQTT", "service-code": "SVC202", "device-type": "607", "allowExist": True}


@dataclass
class Answer:
    status: int
    content_type: str
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def response(self) -> Any:
        assert self.status == 200, self.text
        return self.json["response"]

    @property
    def error(self) -> tuple[int, str]:
        return self.status, self.json["error"]["code"]


class ThinqCaller:
    """One client of the cloud."""

    def __init__(self, http: aiohttp.ClientSession, connection: dict[str, Any], client_id: str = "test-client") -> None:
        self._http = http
        self.connection = connection
        self.client_id = client_id
        self.token = connection["token"]
        self.country = connection["country"]
        self.topic = ""
        self.tls: ssl.SSLContext | None = None

    def headers(self, **changes: str | None) -> dict[str, str]:
        headers: dict[str, str | None] = {
            "Authorization": f"Bearer {self.token}",
            "x-country": self.country,
            "x-message-id": base64.urlsafe_b64encode(uuid.uuid4().bytes)[:-2].decode(),
            "x-client-id": self.client_id,
            "x-api-key": "v6GFvkweNo7DK7yD3ylIZ9w52aKBU0eJ7wLXkSR3",
            "x-service-phase": "OP",
            "x-conditional-control": "true",
        }
        headers.update({name.replace("_", "-"): value for name, value in changes.items()})
        return {name: value for name, value in headers.items() if value is not None}

    async def call(self, method: str, path: str, body: Any = None, **headers: str | None) -> Answer:
        async with self._http.request(
            method,
            f"{self.connection['rest_url']}/{path}",
            json=body,
            headers=self.headers(**headers),
            timeout=aiohttp.ClientTimeout(total=10),
        ) as response:
            return Answer(response.status, response.content_type, await response.text())

    async def get(self, path: str) -> Any:
        return (await self.call("GET", path)).response

    async def register(self) -> None:
        """Register, get a certificate and make a TLS context of it."""
        (await self.call("POST", "client", CLIENT_BODY)).response  # noqa: B018 - asserts success
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lg_thinq")])
        request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
        csr = base64.b64encode(request.public_bytes(serialization.Encoding.DER)).decode()
        answer = await self.call("POST", "client/certificate", {"service-code": "SVC202", "csr": csr})
        result = answer.response["result"]
        self.topic = result["subscriptions"][0]
        loop = asyncio.get_running_loop()
        self.tls = await loop.run_in_executor(None, self._tls_context, key, result["certificatePem"])

    async def subscribe(self, device_id: str) -> None:
        """Subscribe to a device's reports and notifications."""
        body = {"expire": {"unit": "HOUR", "timer": 24}}
        (await self.call("POST", f"event/{device_id}/subscribe", body)).response  # noqa: B018
        (await self.call("POST", f"push/{device_id}/subscribe")).response  # noqa: B018

    def mqtt(self, **options: Any) -> aiomqtt.Client:
        """Return a client that is not connected yet."""
        settings: dict[str, Any] = {
            "identifier": self.client_id,
            "tls_context": self.tls,
            "clean_session": False,
            "keepalive": 30,
            "timeout": 5,
        }
        return aiomqtt.Client(self.connection["mqtt_host"], self.connection["mqtt_port"], **{**settings, **options})

    def _tls_context(self, key: ec.EllipticCurvePrivateKey, certificate: str) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.connection["ca_file"])
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "client.pem"
            key_pem = key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            file.write_bytes(key_pem + certificate.encode())
            context.load_cert_chain(file)
        return context


async def next_message(client: aiomqtt.Client, patience: float = 5) -> dict[str, Any]:
    """Return the next message as JSON; fail when none comes."""
    message = await asyncio.wait_for(anext(aiter(client.messages)), patience)
    assert isinstance(message.payload, bytes)
    return json.loads(message.payload)


async def messages_until_quiet(client: aiomqtt.Client, quiet: float = 0.3) -> list[bytes]:
    """Return the payloads that come before it is quiet."""
    payloads: list[bytes] = []
    messages = aiter(client.messages)
    while True:
        try:
            message = await asyncio.wait_for(anext(messages), quiet)
        except TimeoutError:
            return payloads
        assert isinstance(message.payload, bytes)
        payloads.append(message.payload)
