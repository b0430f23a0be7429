"""Reading the description of a home."""

from pathlib import Path

import pytest

from custom_components.dongju.simulator.home import HomeError, Room, load_home


def test_demo_home_has_rooms_with_both_names() -> None:
    home = load_home()
    assert home.room("living_room") == Room(id="living_room", name_ko="거실", name_en="Living room")
    assert home.room("cellar") is None
    assert len({room.id for room in home.rooms}) == len(home.rooms) == 9
    assert all(room.name_ko and room.name_en for room in home.rooms)


def test_every_appliance_of_the_demo_home_stands_in_one_of_its_rooms() -> None:
    home = load_home()
    rooms = {room.id for room in home.rooms}
    assert {row["room"] for row in home.thinq if "room" in row} <= rooms


def test_own_home_in_one_file(tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    file.write_text("rooms:\n  - {id: attic, ko: 다락, en: Attic}\nthinq:\n  - {type: washer, name: 세탁기}\n")
    home = load_home(file)
    assert home.rooms == (Room(id="attic", name_ko="다락", name_en="Attic"),)
    assert home.thinq == [{"type": "washer", "name": "세탁기"}]
    assert (home.genie, home.uplus) == ({}, [])


def test_home_without_rooms_gets_the_demo_homes(tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    file.write_text("thinq:\n")
    assert load_home(file).rooms == load_home().rooms
    file.write_text("")
    assert load_home(file).thinq == []


def test_room_without_names_is_named_after_its_id(tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    file.write_text("rooms: [{id: guest_room}]")
    assert load_home(file).rooms == (Room(id="guest_room", name_ko="Guest room", name_en="Guest room"),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("thinq: {a: 1}", "section thinq must be a list"),
        ("kitchen: []", "unknown section kitchen"),
        ("- washer", "mapping of sections"),
        ("rooms: [{ko: 방}]", "needs an id"),
        ("thinq: [", "home.yaml"),
    ],
)
def test_wrong_description_is_told(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "home.yaml"
    file.write_text(text)
    with pytest.raises(HomeError, match=complaint):
        load_home(file)


def test_missing_file_and_section_in_two_files(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="nowhere"):
        load_home(tmp_path / "nowhere.yaml")
    (tmp_path / "a.yaml").write_text("thinq: []")
    (tmp_path / "b.yaml").write_text("thinq: []")
    with pytest.raises(HomeError, match="another file"):
        load_home(tmp_path)
