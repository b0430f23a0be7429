"""Rules on the texts: English and Korean alike, complete, and worded as Home Assistant wants them."""

from collections.abc import Iterator
import re

from homeassistant.const import Platform

from integration_rules.project import Json, Project, Rule, leaves

SECTIONS = {
    "common",
    "conditions",
    "config",
    "config_subentries",
    "conversation",
    "device",
    "device_automation",
    "entity",
    "entity_component",
    "exceptions",
    "issues",
    "options",
    "preview_features",
    "selector",
    "services",
    "system_health",
    "title",
    "triggers",
}
KEY = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
HTML = re.compile(r"</?[a-zA-Z][^>]*>")
URL = re.compile(r"https?://|www\.")
QUOTED_PLACEHOLDER = re.compile(r"'\{\w+\}'")
# Their form depends on the last sound of what stands before them, which a placeholder hides.
JOSA_AFTER_PLACEHOLDER = re.compile(r"\}['\")]?(?:은|는|이|가|을|를|과|와|으로|로|이나|나|이랑|랑)(?![가-힣])")
SPOKEN_STYLE = re.compile(r"[가-힣](?:해요|어요|아요|네요|예요|에요|돼요|줘요)(?![가-힣])")


def languages_agree(project: Project) -> Iterator[str]:
    """Find keys or placeholders that only one language has."""
    texts = {language: dict(leaves(tree)) for language, tree in project.translations.items()}
    for language, other in (("en", "ko"), ("ko", "en")):
        for path in texts.get(language, {}):
            if path not in texts.get(other, {}):
                yield f"{other}.json lacks {'.'.join(path)}"
    for path, text in texts.get("en", {}).items():
        translated = texts.get("ko", {}).get(path)
        if translated is not None and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(translated)):
            yield f"{'.'.join(path)}: placeholders differ"


def wording(project: Project) -> Iterator[str]:
    """No addresses, markup or quoted placeholders in texts; Korean that fits any name."""
    for language, tree in project.translations.items():
        for path, text in leaves(tree):
            where = f"{language}.json: {'.'.join(path)}"
            if not isinstance(text, str) or not text.strip() or text != text.strip():
                yield f"{where} is empty, not a text, or has spaces at its ends"
                continue
            for pattern, what in ((HTML, "HTML"), (URL, "an address"), (QUOTED_PLACEHOLDER, "a quoted placeholder")):
                if pattern.search(text):
                    yield f"{where} has {what}"
            if language == "ko" and JOSA_AFTER_PLACEHOLDER.search(text):
                yield f"{where} has a josa after a placeholder"
            if language == "ko" and SPOKEN_STYLE.search(text):
                yield f"{where} is not in 합니다체"


def structure(project: Project) -> Iterator[str]:
    """Find sections, keys and platforms that Home Assistant does not know."""
    for language, tree in project.translations.items():
        if unknown := set(tree) - SECTIONS:
            yield f"{language}.json: unknown sections {sorted(unknown)}"
        for path, _text in leaves(tree):
            if stray := [key for key in path if not KEY.fullmatch(key)]:
                yield f"{language}.json: {'.'.join(path)}: {stray[0]!r} is no key"
        for platform, entities in tree.get("entity", {}).items():
            if platform not in set(Platform):
                yield f"{language}.json: entity.{platform} is no platform"
            for key, entity in entities.items():
                if not isinstance(entity, dict) or not entity:
                    yield f"{language}.json: entity.{platform}.{key} is empty"


def messages(project: Project) -> Iterator[str]:
    """Check the form of repair issues and of errors."""
    for language, tree in project.translations.items():
        for key, issue in tree.get("issues", {}).items():
            if "title" not in issue or ("description" in issue) == ("fix_flow" in issue):
                yield f"{language}.json: issues.{key} needs a title and either description or fix_flow"
        for key, exception in tree.get("exceptions", {}).items():
            if set(exception) != {"message"}:
                yield f"{language}.json: exceptions.{key} needs exactly a message"


def fields_are_described(project: Project) -> Iterator[str]:
    """Find fields of forms without a description."""
    for language, tree in project.translations.items():
        for flow in _flows(tree):
            for step, form in flow.get("step", {}).items():
                for part in (form, *form.get("sections", {}).values()):
                    if undescribed := set(part.get("data", {})) - set(part.get("data_description", {})):
                        yield f"{language}.json: step {step}: no description of {sorted(undescribed)}"
                    if stray := set(part.get("data_description", {})) - set(part.get("data", {})):
                        yield f"{language}.json: step {step}: description of unknown {sorted(stray)}"


def _flows(tree: Json) -> Iterator[Json]:
    for key in ("config", "options"):
        yield tree.get(key, {})
    yield from tree.get("config_subentries", {}).values()
    for issue in tree.get("issues", {}).values():
        yield issue.get("fix_flow", {})


def actions_are_described(project: Project) -> Iterator[str]:
    """Every action of services.yaml and its fields have names and descriptions, and nothing else has."""
    actions = project.yaml("services.yaml") or {}
    for language, tree in project.translations.items():
        texts = tree.get("services", {})
        if set(texts) != set(actions):
            yield f"{language}.json and services.yaml name different actions: {sorted(set(texts) ^ set(actions))}"
        for action in set(texts) & set(actions):
            fields = _fields(actions[action])
            described = texts[action].get("fields", {})
            for text, where in (
                (texts[action], action),
                *((text, f"{action}.{key}") for key, text in described.items()),
            ):
                if "name" not in text or "description" not in text:
                    yield f"{language}.json: services.{where} needs name and description"
            if fields != set(described):
                yield f"{language}.json: services.{action}: fields differ: {sorted(fields ^ set(described))}"


def _fields(action: Json) -> set[str]:
    """Return the fields of an action, also those inside of collapsed sections."""
    fields: set[str] = set()
    for key, field in ((action or {}).get("fields") or {}).items():
        if isinstance(field, dict) and "fields" in field:
            fields |= set(field["fields"])
        else:
            fields.add(key)
    return fields


RULES: tuple[Rule, ...] = (languages_agree, wording, structure, messages, fields_are_described, actions_are_described)
