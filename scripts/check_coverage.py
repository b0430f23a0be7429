"""Check the coverage of every module against its floor: scripts/check_coverage.py COVERAGE.json."""

import json
from pathlib import Path
import sys
from typing import Final

FLOOR: Final = 95.0
# Home Assistant's quality scale wants every path of a config flow tested.
FLOORS: Final = {
    "custom_components/dongju/config_flow.py": 100.0,
}


def main() -> int:
    """Print the modules below their floor; return 1 if there are any."""
    files = json.loads(Path(sys.argv[1]).read_text())["files"]
    below = [
        (name, percent, floor)
        for name, file in sorted(files.items())
        if (percent := file["summary"]["percent_covered"]) < (floor := FLOORS.get(name, FLOOR))
    ]
    for name, percent, floor in below:
        print(f"{name}: {percent:.1f} % covered, {floor:.0f} % wanted")
    if files and not below:
        print(f"{len(files)} modules, none below its floor")
    if not files:
        print("no module was measured")
    return 1 if below or not files else 0


if __name__ == "__main__":
    sys.exit(main())
