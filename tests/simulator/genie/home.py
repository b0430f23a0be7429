"""The home of the Genie tests: the Demo home's own section, and a second household."""

from pathlib import Path

from custom_components.dongju.simulator.home import DEMO_HOME, HomeSpec, load_home

PARENTS = {
    "id": "h2",
    "name": "부모님 댁",
    "type": "apartment",
    "devices": [
        {"id": "sp-parents", "kind": "speaker", "name": "부모님 거실 기가지니", "room": "living_room"},
        {"id": "light-parents", "kind": "light", "name": "부모님 거실 조명", "room": "living_room"},
    ],
}


def two_households() -> HomeSpec:
    rooms = load_home(Path(DEMO_HOME) / "rooms.yaml").rooms
    demo = load_home(Path(DEMO_HOME) / "genie.yaml").genie
    return HomeSpec(rooms=rooms, genie={"households": [*demo["households"], PARENTS]})
