"""From a validation error to one line that says what is wrong and what to write instead."""

from difflib import get_close_matches
from typing import get_args

from pydantic import BaseModel, ValidationError

from bot.adapters.knowledge_yaml.loaded import Problem
from bot.adapters.knowledge_yaml.reader import Document, Path_


def problems_of(error: ValidationError, schema: type[BaseModel], document: Document) -> list[Problem]:
    """Every error of one file, each at the place it is about."""
    return [
        document.problem(_data_path(each["loc"]), _message(each["type"], dict(each), schema))
        for each in error.errors(include_url=False)
    ]


def _data_path(location: tuple[str | int, ...]) -> Path_:
    # Pydantic puts the marker "[key]" behind a mapping's key that is itself wrong.
    return tuple(part for part in location if part != "[key]")


def _message(kind: str, error: dict[str, object], schema: type[BaseModel]) -> str:
    location = [str(part) for part in error["loc"]] if isinstance(error["loc"], tuple) else []
    name = next((part for part in reversed(location) if part != "[key]" and not part.isdigit()), "")
    context = error["ctx"] if isinstance(error.get("ctx"), dict) else {}
    assert isinstance(context, dict)
    match kind:
        case "missing":
            return f"`{name}` is missing; add it"
        case "extra_forbidden":
            near = get_close_matches(name, _keys(schema), n=1)
            return f"unknown key `{name}`; " + (f"did you mean `{near[0]}`?" if near else "take it out")
        case "enum":
            return f"`{error['input']}` is not known; write one of: {context['expected']}"
        case "string_too_long":
            length = len(str(error["input"]))
            return f"`{name}` has {length} characters; shorten it to {context['max_length']}"
        case "string_too_short":
            return f"`{name}` is empty; write it, or take the key out"
        case "too_short":
            return f"`{name}` has {context['actual_length']}; write {context['min_length']} or more"
        case "too_long":
            return f"`{name}` has {context['actual_length']}; write {context['max_length']} or fewer"
        case "string_pattern_mismatch":
            return (
                f"`{error['input']}` is not written as `{name}` must be: {_pattern(str(context['pattern']))}"
            )
        case "list_type":
            return f"`{name}` must be a list: `{name}: []`, or lines that begin with `- `"
        case "string_type":
            return f"`{name}` must be one text; put it in double quotes"
        case "dict_type" | "model_type":
            return f"`{name}` must hold keys and values"
        case "value_error":
            return f"`{name}` {context.get('error', error['msg'])}" if name else str(error["msg"])
        case _:
            return f"`{name}`: {str(error['msg'])[:1].lower()}{str(error['msg'])[1:]}"


def _pattern(pattern: str) -> str:
    if ":" in pattern:
        return '"10:00-13:00", both with two digits, in quotes, 24:00 at the latest'
    return "small letters, digits and dashes" if "-" in pattern else "small letters and underscores"


def _keys(schema: type[BaseModel]) -> list[str]:
    """Every key that the file may hold at any depth, for "did you mean"."""
    keys: dict[str, None] = {}
    waiting: list[object] = [schema]
    seen: set[object] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and issubclass(each, BaseModel) and each not in seen:
            seen.add(each)
            for name, field in each.model_fields.items():
                keys[field.alias or name] = None
                waiting.append(field.annotation)
        waiting += [part for part in get_args(each) if part not in seen]
    return list(keys)
