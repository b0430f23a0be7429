"""Rules on the Python of the integration's Home Assistant edge."""

import ast
from collections.abc import Iterator
from pathlib import Path

from homeassistant.const import Platform

from integration_rules.project import LANGUAGES, Project, Rule

ERRORS = {
    "ConfigEntryAuthFailed",
    "ConfigEntryError",
    "ConfigEntryNotReady",
    "HomeAssistantError",
    "ServiceNotFound",
    "ServiceValidationError",
    "UpdateFailed",
}
ENTITY = "entity"


def _name(call: ast.expr) -> str:
    """Return the last part of what is called or subscripted."""
    match call:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return _name(inner)
    return ""


def _section(call: ast.Call) -> str:
    """Return which texts the translation key of a call refers to."""
    name = _name(call)
    if name in ERRORS or name.endswith(("Error", "Failed", "NotReady")):
        return "exceptions"
    if name == "async_create_issue":
        return "issues"
    if name.endswith("SelectorConfig"):
        return "selector"
    if name.endswith("DeviceInfo") or name == "async_get_or_create":
        return "device"
    return ENTITY


def _literal_keys(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Yield line, section and key of every translation key that is written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "translation_key" and isinstance(keyword.value, ast.Constant):
                    yield node.lineno, _section(node), str(keyword.value.value)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(_name(target) == "_attr_translation_key" for target in targets):
                yield node.lineno, ENTITY, str(node.value.value)


def texts_exist(project: Project) -> Iterator[str]:
    """Every translation key written out in Python has its text in every language."""
    for path, tree in project.modules.items():
        for line, section, key in _literal_keys(tree):
            for language in LANGUAGES:
                if not _has_text(project, language, section, key, path):
                    yield f"{path.name}:{line}: {language}.json has no {section} text for {key!r}"


def _has_text(project: Project, language: str, section: str, key: str, path: Path) -> bool:
    if section != ENTITY:
        return project.text(language, section, key) is not None
    platforms = project.text(language, ENTITY) or {}
    if path.stem in set(Platform):
        return key in platforms.get(path.stem, {})
    return any(key in entities for entities in platforms.values())


def errors_are_translated(project: Project) -> Iterator[str]:
    """Every error a person may read has a text: those raised at the edge, and the hub's own."""
    for path, tree in project.modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node) in ERRORS and isinstance(node.func, ast.Name | ast.Attribute):
                arguments = {keyword.arg for keyword in node.keywords}
                if "translation_key" not in arguments:
                    yield f"{path.name}:{node.lineno}: {_name(node)} without translation_key"
            elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in ERRORS:
                yield f"{path.name}:{node.lineno}: {node.exc.id} without translation_key"
    for key in sorted(_hub_error_keys(project)):
        for language in LANGUAGES:
            if project.text(language, "exceptions", key) is None:
                yield f"model/errors.py: {language}.json has no exceptions text for {key!r}"


def _hub_error_keys(project: Project) -> set[str]:
    """Return the translation keys of the hub's own errors."""
    path = project.integration / "model" / "errors.py"
    if not path.exists():
        return set()
    classes = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)]
    return {
        str(node.value.value)
        for error in classes
        for node in error.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if _name(target) == "key"
    }


def platforms(project: Project) -> Iterator[str]:
    """Every platform says how many calls may go out at once."""
    for path, tree in project.modules.items():
        if path.parent != project.integration or path.stem not in set(Platform):
            continue
        assigned = {
            _name(target)
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        }
        if "PARALLEL_UPDATES" not in assigned:
            yield f"{path.name} has no PARALLEL_UPDATES"


def habits(project: Project) -> Iterator[str]:
    """Icons in icons.json, run-time data in the entry, actions registered once, no entity ids of our choosing."""
    has_actions = False
    for path, tree in project.modules.items():
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id="_attr_icon") | ast.Attribute(attr="_attr_icon")]):
                    yield f"{path.name}:{node.lineno}: an icon outside of icons.json"
                case ast.Call() if _name(node).endswith("EntityDescription") and any(
                    keyword.arg == "icon" for keyword in node.keywords
                ):
                    yield f"{path.name}:{node.lineno}: an icon outside of icons.json"
                case ast.Subscript(value=ast.Attribute(attr="data"), slice=ast.Name(id="DOMAIN")):
                    yield f"{path.name}:{node.lineno}: hass.data[DOMAIN]; use the entry's runtime_data"
                case ast.Assign(targets=[ast.Attribute(attr="entity_id")]):
                    yield f"{path.name}:{node.lineno}: Home Assistant chooses entity ids"
                case ast.Attribute(attr="async_register", value=ast.Attribute(attr="services")):
                    has_actions = True
                    if path.stem != "services":
                        yield f"{path.name}:{node.lineno}: actions are registered in services.py"
    if has_actions and project.yaml("services.yaml") is None:
        yield "services.yaml is missing"
    setup = project.modules.get(project.integration / "__init__.py")
    if setup is not None:
        names = {node.name for node in setup.body if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)}
        if "async_setup" in names and "CONFIG_SCHEMA" not in ast.unparse(setup):
            yield "__init__.py: async_setup needs CONFIG_SCHEMA"


RULES: tuple[Rule, ...] = (texts_exist, errors_are_translated, platforms, habits)
