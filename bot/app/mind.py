"""All that answers need, and nothing that connects."""

from dataclasses import dataclass
from pathlib import Path

from bot.adapters.fitted import FittedOnDisk, read_once
from bot.adapters.kept import cache_folder, sweeping_put_off
from bot.adapters.knowledge_yaml.loaded import Loaded
from bot.adapters.texts import Catalogues
from bot.answers.route import Router
from bot.answers.safety import SafetyCheck
from bot.app.outside import Progress
from bot.handlers.views import Views
from bot.handlers.views.bookings import Address


@dataclass(frozen=True, slots=True)
class Brain:
    """All that answers need, and nothing that connects: what `ask` and `evaluate` run on too."""

    loaded: Loaded
    texts: Catalogues
    router: Router
    views: Views


@sweeping_put_off()
def brain(knowledge_dir: Path, progress: Progress = lambda _: None) -> Brain:
    """Raises Misconfigured with every problem of the knowledge base."""
    texts = Catalogues()
    loaded = read_once(cache_folder(), knowledge_dir, lambda: _read(knowledge_dir, texts))
    rules = loaded.safety_rules
    learnt = FittedOnDisk(cache_folder(), progress).learnt(loaded.knowledge, rules.examples)
    safety = SafetyCheck(rules, learnt.likenesses)
    router = Router(loaded.knowledge, loaded.clinic, safety, learnt.index, learnt.intents)
    address = Address(loaded.address, loaded.map_url) if loaded.address else None
    views = Views(texts, loaded.knowledge, loaded.clinic, loaded.safety_texts, loaded.actions, address)
    return Brain(loaded, texts, router, views)


def _read(knowledge_dir: Path, texts: Catalogues) -> Loaded:
    # Most starts find what was read before: they need not wait for what reads YAML and checks it.
    from bot.adapters.knowledge_yaml.loader import load  # noqa: PLC0415

    return load(knowledge_dir, texts)
