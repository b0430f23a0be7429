"""Captured appliances written for these tests, as folders the simulator can load."""

import json
from pathlib import Path
from typing import Any

AIR_CONDITIONER_ID = "a1" * 32
OVEN_ID = "0e" * 32

_AIR_CONDITIONER = {
    "device": {
        "deviceId": AIR_CONDITIONER_ID,
        "deviceInfo": {
            "deviceType": "DEVICE_AIR_CONDITIONER",
            "modelName": "TEST_AC",
            "alias": "거실 에어컨",
            "reportable": True,
        },
    },
    "profile": {
        "notification": {"push": ["WATER_IS_FULL"]},
        "property": {
            "operation": {
                "airConOperationMode": {
                    "mode": ["r", "w"],
                    "type": "enum",
                    "value": {"r": ["POWER_ON", "POWER_OFF"], "w": ["POWER_ON", "POWER_OFF"]},
                }
            },
            "airConJobMode": {
                "currentJobMode": {
                    "mode": ["r", "w"],
                    "type": "enum",
                    "value": {"r": ["COOL", "FAN"], "w": ["COOL", "FAN"]},
                }
            },
            "airQualitySensor": {"humidity": {"mode": ["r"], "type": "number"}},
        },
    },
    "status": {
        "operation": {"airConOperationMode": "POWER_ON"},
        "airConJobMode": {"currentJobMode": "COOL"},
        "airQualitySensor": {"humidity": 40},
    },
    "energy_profile": {"resultCode": "0000", "result": {"property": ["energyUsage"]}},
}

_OVEN = {
    "device": {
        "deviceId": OVEN_ID,
        "deviceInfo": {"deviceType": "DEVICE_OVEN", "modelName": "TEST_OVEN", "alias": "오븐", "reportable": True},
    },
    "profile": {
        "property": [
            {
                "location": {"locationName": "OVEN"},
                "runState": {"currentState": {"mode": ["r"], "type": "enum", "value": {"r": ["INITIAL"]}}},
            }
        ],
        "extensionProperty": {"info": {"type": "SINGLE"}},
    },
    "status": [{"location": {"locationName": "OVEN"}, "runState": {"currentState": "INITIAL"}}],
}


def write_folders(root: Path) -> list[Path]:
    """Write an air conditioner and an oven below a folder and return theirs."""
    return [_write(root / "air_conditioner", _AIR_CONDITIONER), _write(root / "oven", _OVEN)]


def _write(folder: Path, documents: dict[str, Any]) -> Path:
    folder.mkdir(parents=True)
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return folder
