"""The mock clouds in a process of their own, obeying lines of JSON on a Unix socket.

`python benchmarks/cloud_process.py SPEC.json`: SPEC names the socket and the home (`thinq`, `genie`, `uplus`).
"""

import asyncio
from collections.abc import Awaitable, Callable
import json
from pathlib import Path
import signal
import sys
import time
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import _standalone  # noqa: E402

_standalone.prepare()
# Under its full name too, which type checkers know; still without the package's own __init__ and Home Assistant.
sys.modules["custom_components.dongju"] = sys.modules["dongju"]

from benchmarks import payloads  # noqa: E402
from custom_components.dongju.simulator.home import HomeSpec, load_home  # noqa: E402
from custom_components.dongju.simulator.simulator import Simulator  # noqa: E402
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud  # noqa: E402

_LONGEST_LINE: Final = 1 << 26
_TICK_SECONDS: Final = 0.01

type JsonDict = dict[str, Any]


class CloudHost:
    """A simulator, and what the benchmark asks of it."""

    def __init__(self, home: HomeSpec, seed: int) -> None:
        """Prepare the clouds of a home."""
        self._home = home
        self._seed = seed
        self.simulator = Simulator(home, seed=seed)
        thinq = self.simulator.clouds["thinq"]
        assert isinstance(thinq, ThinqCloud)
        self._thinq = thinq
        self._operations: dict[str, Callable[[JsonDict], Awaitable[JsonDict]]] = {
            "connection": self._connection,
            "control": self._control,
            "candidates": self._candidates,
            "counting": self._counting,
            "latency": self._latency,
            "stream": self._stream,
            "requests": self._requests,
            "calls": self._calls,
            "say": self._say,
        }

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one caller until it hangs up."""
        while line := await reader.readline():
            asked = json.loads(line)
            try:
                answer = await self._operations[asked.pop("do")](asked)
            except Exception as err:  # noqa: BLE001 - the caller is told, whatever it was
                answer = {"error": repr(err)}
            writer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
            await writer.drain()
        writer.close()

    async def _connection(self, _asked: JsonDict) -> JsonDict:
        return self.simulator.connection()

    async def _control(self, asked: JsonDict) -> JsonDict:
        return await self.simulator.control(asked["cloud"], asked["action"], asked["data"])

    async def _candidates(self, asked: JsonDict) -> JsonDict:
        """Write reports that change one property each to a file."""
        found = await payloads.candidates(self._home, self._seed)
        await asyncio.to_thread(Path(asked["file"]).write_text, json.dumps(found))
        return {"count": len(found)}

    async def _counting(self, asked: JsonDict) -> JsonDict:
        """Write rounds of reports that count one property up to a file."""
        rounds = await payloads.counting(self._home, self._seed, asked["path"], asked["counts"])
        await asyncio.to_thread(Path(asked["file"]).write_text, json.dumps(rounds))
        return {"rounds": len(rounds)}

    async def _latency(self, asked: JsonDict) -> JsonDict:
        """Make the cloud as far away as asked: requests arrive late, and what the broker writes does too."""
        self._thinq.faults.clear("slow")
        self._thinq.faults.clear("mqtt_slow")
        if (seconds := float(asked["seconds"])) > 0:
            self._thinq.faults.set("slow", seconds=seconds)
            self._thinq.faults.set("mqtt_slow", seconds=seconds)
        return {}

    async def _stream(self, asked: JsonDict) -> JsonDict:
        """Send the rounds of a file (or some of them) to the connected client at a pace; return when each was sent.

        `quiet` appliances say nothing of their own meanwhile.
        """
        rounds = json.loads(await asyncio.to_thread(Path(asked["file"]).read_text))
        order = asked.get("rounds") or range(len(rounds))
        texts = [text.encode() for n in order for text in rounds[n]][: asked.get("limit")]
        (client,) = self._thinq.context.broker.connected
        self._thinq.faults.set("push_drop")
        sent = []
        per_second = float(asked["per_second"])
        started = time.monotonic()
        try:
            for number, text in enumerate(texts):
                if (early := started + number / per_second - time.monotonic()) > 0:
                    await asyncio.sleep(max(early, _TICK_SECONDS) if per_second > 1 / _TICK_SECONDS else early)
                sent.append(time.monotonic())
                self._thinq.context.notifier.send_raw(text, [client])
        finally:
            self._thinq.faults.clear("push_drop")
        return {"sent": sent if asked.get("times") else [sent[0], sent[-1]], "count": len(sent)}

    async def _requests(self, asked: JsonDict) -> JsonDict:
        """Return the latest calls, with the time of arrival on the machine's monotonic clock."""
        calls = self._thinq.context.calls.calls(asked.get("kind"), asked.get("device"))[-int(asked["limit"]) :]
        offset = time.monotonic() - self.simulator.clock.monotonic()
        return {"requests": [{**call.as_dict(), "at": call.at + offset} for call in calls]}

    async def _say(self, asked: JsonDict) -> JsonDict:
        """Say a sentence to a KT speaker; return when, and what came of it."""
        at = time.monotonic()
        said = {"deviceId": asked["device"], "text": asked["text"]}
        return {"at": at, "heard": await self.simulator.control("genie", "say", said)}

    async def _calls(self, asked: JsonDict) -> JsonDict:
        return await self._thinq.control("calls", {"reset": bool(asked.get("reset"))})


async def main() -> None:
    """Serve until told to stop."""
    spec = json.loads(Path(sys.argv[1]).read_text())  # noqa: ASYNC240 - nothing else runs yet
    base = await asyncio.to_thread(load_home, None)
    home = HomeSpec(rooms=base.rooms, thinq=spec["thinq"], genie=spec.get("genie") or {})
    host = CloudHost(home, spec["seed"])
    stopped = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stopped.set)
    await host.simulator.start()
    # The real limit would refuse core the start of a large home; what is counted here is the work.
    await host.simulator.control("thinq", "rate_limit", {"per_hour": None})
    server = await asyncio.start_unix_server(host.serve, spec["socket"], limit=_LONGEST_LINE)
    print("ready", flush=True)
    await stopped.wait()
    server.close()
    await host.simulator.close()


if __name__ == "__main__":
    asyncio.run(main())
