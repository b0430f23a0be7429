"""Check the integration against the rules of Home Assistant, HACS and the quality scale."""

from pathlib import Path
import sys

from integration_rules import RULES, Project, problems


def main() -> int:
    """Print every problem; return 1 if there are any."""
    found = problems(Project(Path(__file__).resolve().parent.parent))
    for problem in found:
        print(problem)
    print(f"{len(RULES)} rules, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
