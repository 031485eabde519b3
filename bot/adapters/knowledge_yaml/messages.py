"""From a validation error to one line that says what is wrong and what to write instead."""

from difflib import get_close_matches
from typing import get_args
from unicodedata import normalize

from pydantic import BaseModel, ValidationError

from bot.adapters.knowledge_yaml.loaded import Problem
from bot.adapters.knowledge_yaml.meant import day_meant, number_meant, spans_meant
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
            near = get_close_matches(normalize("NFKC", name), _keys(schema), n=1)
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
            return _pattern(name, str(error["input"]), str(context["pattern"]))
        case "int_parsing" | "int_type" | "int_from_float":
            return _number(name, error["input"])
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            (bound, limit), *_ = context.items()
            return f"`{name}` is {error['input']}; write {BOUNDS[bound].format(limit)}"
        case "bool_parsing" | "bool_type":
            return f"`{name}` is `{error['input']}`; write yes or no"
        case "list_type" | "tuple_type":
            return f"`{name}` must be a list: {_list(name, error['input'])}"
        case "string_type":
            return f"`{name}` must be one text; put it in double quotes"
        case "dict_type":
            return f'`{name}` must hold keys and values, such as `{name}: {{en: "…", ja: "…"}}`'
        case "model_type":
            return f"`{name}` must hold keys and values: {_keys_of(str(context.get('class_name')), schema)}"
        case "value_error":
            return f"`{name}` {context.get('error', error['msg'])}" if name else str(error["msg"])
        case _ if kind.startswith("date"):
            return _day(name, str(error["input"]))
        case _:
            return f"`{name}`: {str(error['msg'])[:1].lower()}{str(error['msg'])[1:]}"


BOUNDS = {"gt": "more than {}", "ge": "{} or more", "lt": "less than {}", "le": "{} or less"}
NONE_OF_IT = {"", "-", "no", "none", "closed", "off", "休み", "休業", "定休日", "なし"}


def _number(name: str, written: object) -> str:
    if not written:
        return f"`{name}` is empty; write a number"
    number = number_meant(str(written))
    return f"`{name}` is `{written}`; write {number or 'a whole number'}, in digits and nothing else"


def _day(name: str, written: str) -> str:
    day = day_meant(written)
    wanted = f'"{day}"' if day else 'year, month and day like "2026-12-29"'
    return f"`{name}` is " + (f"`{written}`, which is no day" if written else "empty") + f"; write {wanted}"


def _list(name: str, written: object) -> str:
    """How to write that value as a list: in square brackets, as the files do."""
    if not isinstance(written, str):
        return "lines that begin with `- `"
    if written.strip().lower() in NONE_OF_IT:
        return f"`{name}: []` where there is none"
    spans = ", ".join(f'"{each}"' for each in spans_meant(written))
    return f"`{name}: [{spans or written.strip('[]［］ ')}]`"


def _pattern(name: str, written: str, pattern: str) -> str:
    told = f"`{written}` is not written as `{name}` must be" if written != name else f"the key `{name}`"
    if ":" in pattern:
        spans = ", ".join(f'"{each}"' for each in spans_meant(written))
        wanted = '"10:00-13:00", both with two digits, in quotes, 24:00 at the latest'
        return f"{told}; write {spans}" if spans else f"{told}: {wanted}"
    wanted = "small letters and underscores" if "_" in pattern else "small letters, digits and dashes"
    return f"{told}: {wanted}" if written != name else f"{told} must be {wanted}"


def _keys_of(model: str, schema: type[BaseModel]) -> str:
    found = next((each for each in _models(schema) if each.__name__ == model), None)
    return ", ".join(field.alias or name for name, field in found.model_fields.items()) if found else ""


def _keys(schema: type[BaseModel]) -> list[str]:
    """Every key that the file may hold at any depth, for "did you mean"."""
    keys = {
        field.alias or name: None for each in _models(schema) for name, field in each.model_fields.items()
    }
    return list(keys)


def _models(schema: type[BaseModel]) -> list[type[BaseModel]]:
    """The file's model and all that are nested in it."""
    waiting: list[object] = [schema]
    seen: dict[object, None] = {}
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen[each] = None
        if isinstance(each, type) and issubclass(each, BaseModel):
            waiting += [field.annotation for field in each.model_fields.values()]
        waiting += get_args(each)
    return [each for each in seen if isinstance(each, type) and issubclass(each, BaseModel)]
