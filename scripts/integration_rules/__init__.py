"""Rules of Home Assistant (hassfest), HACS and the Integration Quality Scale that a program can check.

Home Assistant's own checker runs in a container and skips the quality scale for custom integrations; these rules run
anywhere in a second. Each rule is a function that takes the project and yields one line per problem.
"""

from integration_rules import code, files, quality, texts
from integration_rules.project import Project, Rule

RULES: tuple[Rule, ...] = (*files.RULES, *texts.RULES, *code.RULES, *quality.RULES)

__all__ = ["RULES", "Project", "problems"]


def problems(project: Project) -> list[str]:
    """Return every problem of the project, in the order of the rules."""
    return [f"{rule.__name__}: {problem}" for rule in RULES for problem in rule(project)]
