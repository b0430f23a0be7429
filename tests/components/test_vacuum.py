"""Robot cleaners, from the action to the wire and back."""

from collections.abc import AsyncGenerator

from homeassistant.components.vacuum import VacuumActivity
from homeassistant.components.vacuum.const import VacuumEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from .cloud_house import CloudHouse, thinq_house

pytestmark = pytest.mark.usefixtures("socket_enabled")

ROBOT = "Robot"


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    async with thinq_house(hass, ({"type": "robot_cleaner", "name": ROBOT},)) as made:
        yield made


def words(commands: list[dict[str, dict[str, str]]]) -> list[str]:
    return [body["operation"]["cleanOperationMode"] for body in commands]


async def test_clean_pause_and_go_home(house: CloudHouse) -> None:
    robot = house.entity_id("vacuum", ROBOT, "vacuum")
    state = await house.until_state(robot, VacuumActivity.DOCKED)
    features = VacuumEntityFeature(state.attributes["supported_features"])
    assert VacuumEntityFeature.START | VacuumEntityFeature.PAUSE | VacuumEntityFeature.RETURN_HOME in features
    assert VacuumEntityFeature.STOP not in features

    await house.call("vacuum.start", robot)
    await house.until_state(robot, VacuumActivity.CLEANING)
    await house.call("vacuum.pause", robot)
    await house.until_state(robot, VacuumActivity.PAUSED)
    await house.call("vacuum.start", robot)
    await house.until_state(robot, VacuumActivity.CLEANING)
    await house.call("vacuum.return_to_base", robot)
    await house.until_state(robot, VacuumActivity.RETURNING)
    assert words(await house.commands(ROBOT)) == ["START", "PAUSE", "START", "HOMING"]


async def test_a_sleeping_robot_is_woken(house: CloudHouse) -> None:
    robot = house.entity_id("vacuum", ROBOT, "vacuum")
    await house.set_state(ROBOT, {"runState": {"currentState": "SLEEP"}})
    await house.until_state(robot, VacuumActivity.IDLE)
    await house.call("vacuum.start", robot)
    assert words(await house.commands(ROBOT)) == ["WAKE_UP"]


@pytest.mark.parametrize(
    ("word", "activity"),
    [
        ("ERROR", VacuumActivity.ERROR),
        ("DIAGNOSIS", VacuumActivity.IDLE),
        ("STATION_RINSING_THE_MOP", VacuumActivity.CLEANING),
        ("CHARGING_SLOWLY", VacuumActivity.DOCKED),
        ("DAYDREAMING", VacuumActivity.IDLE),
    ],
)
async def test_states_known_and_unheard_of(house: CloudHouse, word: str, activity: VacuumActivity) -> None:
    robot = house.entity_id("vacuum", ROBOT, "vacuum")
    await house.set_state(ROBOT, {"runState": {"currentState": "PAUSE"}})
    await house.until_state(robot, VacuumActivity.PAUSED)
    await house.control("report", device=ROBOT, report={"runState": {"currentState": word}})
    await house.until_state(robot, activity)


async def test_what_the_state_forbids_is_refused_with_the_reason(house: CloudHouse) -> None:
    robot = house.entity_id("vacuum", ROBOT, "vacuum")
    with pytest.raises(ServiceValidationError) as refused:
        await house.call("vacuum.pause", robot)
    assert refused.value.translation_key == "wrong_state"
    with pytest.raises(HomeAssistantError):
        await house.call("vacuum.stop", robot)
    assert words(await house.commands(ROBOT)) == ["PAUSE"]
