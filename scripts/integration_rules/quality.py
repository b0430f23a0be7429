"""Rules on quality_scale.yaml: every rule of the Integration Quality Scale has an answer."""

from collections.abc import Iterator

from integration_rules.project import Project, Rule

TIERS = {
    "bronze": [
        "action-setup",
        "appropriate-polling",
        "brands",
        "common-modules",
        "config-flow",
        "config-flow-test-coverage",
        "dependency-transparency",
        "docs-actions",
        "docs-conditions",
        "docs-high-level-description",
        "docs-installation-instructions",
        "docs-removal-instructions",
        "docs-triggers",
        "entity-event-setup",
        "entity-unique-id",
        "has-entity-name",
        "runtime-data",
        "test-before-configure",
        "test-before-setup",
        "unique-config-entry",
    ],
    "silver": [
        "action-exceptions",
        "config-entry-unloading",
        "docs-configuration-parameters",
        "docs-installation-parameters",
        "entity-unavailable",
        "integration-owner",
        "log-when-unavailable",
        "parallel-updates",
        "reauthentication-flow",
        "test-coverage",
    ],
    "gold": [
        "devices",
        "diagnostics",
        "discovery",
        "discovery-update-info",
        "docs-data-update",
        "docs-examples",
        "docs-known-limitations",
        "docs-supported-devices",
        "docs-supported-functions",
        "docs-troubleshooting",
        "docs-use-cases",
        "dynamic-devices",
        "entity-category",
        "entity-device-class",
        "entity-disabled-by-default",
        "entity-translations",
        "exception-translations",
        "icon-translations",
        "reconfiguration-flow",
        "repair-issues",
        "stale-devices",
    ],
    "platinum": ["async-dependency", "inject-websession", "strict-typing"],
}
STATUSES = {"done", "exempt", "todo"}


def quality_scale(project: Project) -> Iterator[str]:
    """All rules answered, exemptions explained, and no higher grade claimed than the answers allow."""
    file = project.yaml("quality_scale.yaml")
    if file is None:
        yield "quality_scale.yaml is missing"
        return
    answers = file["rules"]
    known = {rule for tier in TIERS.values() for rule in tier}
    if missing := known - set(answers):
        yield f"no answer to {sorted(missing)}"
    if unknown := set(answers) - known:
        yield f"no such rules: {sorted(unknown)}"
    for rule, answer in answers.items():
        status = answer if isinstance(answer, str) else answer.get("status")
        if status not in STATUSES:
            yield f"{rule}: status {status!r}"
        if status == "exempt" and not (isinstance(answer, dict) and answer.get("comment")):
            yield f"{rule}: exempt without a comment"
    yield from _grade(project.manifest.get("quality_scale", "custom"), answers)


def _grade(claimed: str, answers: dict[str, object]) -> Iterator[str]:
    if claimed not in TIERS:
        return
    for tier in list(TIERS)[: list(TIERS).index(claimed) + 1]:
        for rule in TIERS[tier]:
            answer = answers.get(rule)
            status = answer.get("status") if isinstance(answer, dict) else answer
            if status not in ("done", "exempt"):
                yield f"the manifest claims {claimed}, but {rule} is {status}"


RULES: tuple[Rule, ...] = (quality_scale,)
