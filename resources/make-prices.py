#!/usr/bin/env python3
"""Makes prices.json out of two open price lists (both MIT).

    make-prices.py LITELLM GENAI > prices.json

LITELLM is BerriAI/litellm's model_prices_and_context_window.json, GENAI is pydantic/genai-prices'
prices/data.json. SOURCES below says which ones; change it with the files.

Rules
- Names of providers are Hookscope's. A provider that is not in SECTIONS gets no price: a subscription
  (GitHub Copilot), a price that depends on where a router sends the call (Hugging Face), a fee for each
  request that the tokens do not show (Perplexity). These have a cost only if the provider says it.
- Where the two agree on a model's input and output, GENAI, the newer, counts, and LITELLM adds what it does
  not have (tiers, reasoning). Where they disagree, GENAI counts if it has a date for the change; if not, the
  model is null: no price rather than a wrong one. LITELLM alone gives the price of pictures that are made, for
  which GENAI has the whole output's.
- Prices that have a date in GENAI: the last one. Prices by time of day: that entry is left out.
- Prices that GENAI took from OpenRouter for another provider's model are left out.
- Models whose tokens are not the whole price, or not the price, are left out: by the second, by the request,
  searches that are run unseen, DashScope's models whose answer costs more as a whole if they reason.
- A price of zero counts only for models that are known to be free: see FREE.
- A cache write that is cheaper than the input is a cached price under a wrong name: left out.
- Anthropic's models, wherever they run: a cache write for an hour costs 2 times the input; a read 0.1 and a
  write 1.25 times where no list says it (platform.claude.com/docs/en/build-with-claude/prompt-caching).
- Anthropic's prices that change by a date: other sellers' entries that still have the old one are left out.
- Anthropic itself: inference in the US costs 1.1 times from version 4.6 on; a web search is USD 0.01.
- Vertex: Claude from 4.5 on is null, because a region costs more than the global endpoint and is not seen.
- A flex or priority price that is the standard one is none.
- Batches of OpenAI (on Azure too) and Anthropic cost half of everything but searches.
- Google, DashScope, xAI: pictures cost as text where no price of their own is given, Google's audio too
  (not embeddings, live and speech models). Cerebras: cached tokens cost as input.

USD per million tokens (webSearch: per search); never more than six decimals, so that a token is a whole
number of picodollars. "above": for prompts of more than "tokens" tokens. "usa", "fast": factors.
"""

import copy
import json
import re
import sys
from decimal import Decimal

SOURCES = [
    {"name": "BerriAI/litellm model_prices_and_context_window.json", "licence": "MIT", "date": "2026-08-01",
     "commit": "as in Prajwalsrinvas/token-tariff 77b8722619d64503658ecc85979802d678a5626c"},
    {"name": "pydantic/genai-prices prices/data.json", "licence": "MIT", "date": "2026-08-21",
     "commit": "47df840a5ab10bbcffb8e5ac01b9899032245d1b"},
]

# Hookscope's names, LITELLM's providers, what is cut off their models' names, GENAI's providers.
SECTIONS = [
    (["openai"], ["openai", "text-completion-openai"], [], ["openai"]),
    (["anthropic"], ["anthropic"], [], ["anthropic"]),
    (["google"], ["gemini"], ["gemini/"], ["google"]),
    (["vertex"], ["vertex_ai", "vertex_ai-*"], ["vertex_ai/"], ["google"]),
    (["azure-openai", "azure-foundry"], ["azure", "azure_ai"], ["azure_ai/", "azure/"], ["azure"]),
    (["bedrock"], ["bedrock", "bedrock_converse", "bedrock_mantle"], ["bedrock_mantle/", "bedrock/"], ["aws"]),
    (["deepseek"], ["deepseek"], ["deepseek/"], ["deepseek"]),
    (["groq"], ["groq"], ["groq/"], ["groq"]),
    (["mistral"], ["mistral", "codestral"], ["mistral/", "codestral/"], ["mistral"]),
    (["cohere"], ["cohere", "cohere_chat"], ["cohere/"], ["cohere"]),
    (["together"], ["together_ai"], ["together_ai/"], ["together"]),
    (["fireworks"], ["fireworks_ai", "fireworks_ai-embedding-models"],
     ["fireworks_ai/accounts/fireworks/models/", "fireworks_ai/"], ["fireworks"]),
    (["openrouter"], ["openrouter"], ["openrouter/"], ["openrouter"]),
    (["xai"], ["xai"], ["xai/"], ["x-ai"]),
    (["cerebras"], ["cerebras"], ["cerebras/"], ["cerebras"]),
    (["zai"], ["zai"], ["zai/"], []),  # GENAI's are converted from another currency
    (["moonshot"], ["moonshot"], ["moonshot/"], ["moonshotai"]),
    (["dashscope"], ["dashscope"], ["dashscope/"], []),
    (["minimax"], ["minimax"], ["minimax/"], ["minimax"]),
    (["vercel-gateway"], ["vercel_ai_gateway"], ["vercel_ai_gateway/"], []),
]

MODES = {"chat", "completion", "responses", "embedding", "realtime", "image_generation", "audio_transcription"}

LITELLM_RATES = {
    "input": "input_cost_per_token", "output": "output_cost_per_token",
    "cacheRead": "cache_read_input_token_cost", "cacheWrite": "cache_creation_input_token_cost",
    "cacheWrite1h": "cache_creation_input_token_cost_above_1hr", "reasoning": "output_cost_per_reasoning_token",
    "audioInput": "input_cost_per_audio_token", "audioOutput": "output_cost_per_audio_token",
    "imageInput": "input_cost_per_image_token", "imageOutput": "output_cost_per_image_token",
}
GENAI_RATES = {
    "input": "input_mtok", "output": "output_mtok", "cacheRead": "cache_read_mtok",
    "cacheWrite": "cache_write_mtok", "audioInput": "input_audio_mtok", "audioOutput": "output_audio_mtok",
}
# A zero is often a gap in a list; it is believed of these.
FREE = {"google": r"gemma|exp", "zai": r"-flash$"}
MILLION = Decimal(1_000_000)


def decimal(number):
    return Decimal(str(number))


def from_litellm_fields(fields, ending):
    """The rates whose names end so; USD per million."""
    rates = {}
    for name, field in LITELLM_RATES.items():
        value = fields.get(field + ending)
        if isinstance(value, (int, float)):
            rates[name] = decimal(value) * MILLION
    return rates


def litellm_tier(fields, ending):
    tier = from_litellm_fields(fields, ending)
    limits = {int(m.group(1)) for m in (re.fullmatch(r"input_cost_per_token_above_(\d+)k_tokens" + ending, f)
                                        for f in fields) if m}
    above = []
    for limit in sorted(limits):
        rates = from_litellm_fields(fields, f"_above_{limit}k_tokens{ending}")
        if "output" in rates:
            above.append({"tokens": limit * 1000, **rates})
    if tier and above:
        tier["above"] = above
    return tier


def from_litellm(name, fields, provider):
    model = litellm_tier(fields, "")
    ranges = fields.get("tiered_pricing")
    if ranges and all("range" in part for part in ranges):
        parts = [{"tokens": int(part["range"][0]), **from_litellm_fields(part, "")} for part in ranges]
        parts.sort(key=lambda part: part["tokens"])
        model = {key: value for key, value in parts[0].items() if key != "tokens"}
        model["above"] = parts[1:]
    for tier, ending in (("batch", "_batches"), ("flex", "_flex"), ("priority", "_priority")):
        rates = litellm_tier(fields, ending)
        if "input" in rates:
            model[tier] = rates
    for key, factor in (fields.get("provider_specific_entry") or {}).items():
        if key in ("us", "fast") and provider == "anthropic":
            model["usa" if key == "us" else key] = decimal(factor)
    if "claude" in name and isinstance(fields.get("search_context_cost_per_query"), dict):
        costs = set(fields["search_context_cost_per_query"].values())
        if len(costs) == 1:
            model["webSearch"] = decimal(costs.pop())
    return model


def litellm_models(raw, providers, prefixes):
    for name, fields in raw.items():
        provider = fields.get("litellm_provider", "")
        if not any(provider == p or (p.endswith("*") and provider.startswith(p[:-1])) for p in providers):
            continue
        if fields.get("mode") not in MODES or fields.get("input_cost_per_request"):
            continue
        prefix = next((p for p in prefixes if name.startswith(p)), "")
        short = name[len(prefix):]
        if provider in ("azure", "bedrock") and short.count("/"):  # a region's price; the region is not seen
            continue
        if provider in ("openai", "azure") and "search" in short:
            continue
        if provider == "fireworks_ai" and short.count("/") == 0 and prefix == "":  # a size, not a model
            continue
        model = from_litellm(short, fields, provider)
        if short and "input" in model:
            yield short, model, fields


def names_in(match):
    names = [match[key] for key in ("equals", "starts_with") if key in match]
    names += [match["contains"]] if ".anthropic." in match.get("contains", "") else []  # Bedrock's regions
    for part in match.get("or", []):
        names += names_in(part)
    return names


def from_genai(prices):
    """None if the price depends on the time of day."""
    model = {"isDated": True} if isinstance(prices, list) else {}
    if isinstance(prices, list):
        if any("start_time" in (part.get("constraint") or {}) for part in prices):
            return None
        prices = max(prices, key=lambda part: (part.get("constraint") or {}).get("start_date", ""))["prices"]
    if prices.get("requests_kcount"):
        return None
    above = {}
    for name, field in GENAI_RATES.items():
        value = prices.get(field)
        if isinstance(value, dict):
            for tier in value["tiers"]:
                above.setdefault(tier["start"], {"tokens": tier["start"]})[name] = decimal(tier["price"])
            value = value["base"]
        if value is not None:
            model[name] = decimal(value)
    if above:
        # What does not change above the limit is not repeated there.
        model["above"] = [{**{n: model[n] for n in GENAI_RATES if n in model}, **above[limit]}
                          for limit in sorted(above)]
    return model if "input" in model else None


def genai_models(data, providers):
    """Each model with all of its names; where GENAI says that names start so, this beginning is one."""
    for provider in data:
        if provider["id"] not in providers:
            continue
        for entry in provider["models"]:
            model = from_genai(entry["prices"])
            if not model or "OpenRouter" in entry.get("price_comments", ""):
                continue
            names = dict.fromkeys([entry["id"]] + names_in(entry["match"]))
            names = [n.lower() for n in names if not re.search(r"search|[-@: ]$|-20\d\d$|^regional\.", n)]
            if names:
                yield names, model


def merged(litellm, genai):
    """Both lists' model; empty if they contradict each other."""
    same = [litellm.get(n, Decimal(0)) == genai.get(n, Decimal(0)) for n in ("input", "output")]
    if same[0] and "imageOutput" in litellm:
        return dict(litellm)
    if litellm and not all(same) and not genai.get("isDated"):
        return {}
    newer = {name: value for name, value in genai.items() if name != "isDated"}
    for name, value in litellm.items():
        if all(same) or name in ("usa", "fast", "webSearch"):
            newer.setdefault(name, value)
    return newer


def outdated(data):
    """Anthropic's models whose price changes by a date, with the price before: another seller's list that
    does not know the date is left out."""
    anthropic = next(provider for provider in data if provider["id"] == "anthropic")
    return {entry["id"]: from_genai(entry["prices"][0]["prices"]) for entry in anthropic["models"]
            if isinstance(entry["prices"], list)}


def version_of(name):
    """(4, 6) of claude-opus-4-6; dates are no versions."""
    numbers = re.findall(r"(?<!\d)\d{1,2}(?!\d)", name)
    return tuple(int(n) for n in numbers[:2]) + (0,) * (2 - len(numbers[:2]))


def complete(provider, name, model, as_text):
    """What the rules above add to a model or to one of its tiers; `as_text`: what costs as text."""
    price = model["input"]
    if model.get("cacheWrite", price) < price or (model.get("cacheWrite") == 0):
        del model["cacheWrite"]
    if "claude" in name:
        model.setdefault("cacheRead", price * Decimal("0.1"))
        model.setdefault("cacheWrite", price * Decimal("1.25"))
        model["cacheWrite1h"] = price * 2
    for part in as_text:
        model.setdefault(part, price)
    if provider == "cerebras":
        model.setdefault("cacheRead", price)
    if model.get("reasoning") == model.get("output"):
        model.pop("reasoning", None)
    for part in model.get("above", []):
        complete(provider, name, part, as_text)


def costs_as_text(provider, name, model, mode):
    if mode not in ("chat", None) or re.search(r"embed|live|audio|tts|realtime|speech|image", name):
        return []
    parts = ["imageInput"] if "gemini" in name or provider in ("dashscope", "xai") else []
    parts += ["audioInput"] if "gemini" in name and provider in ("google", "vertex") else []
    return [part for part in parts if part not in model]


def finished(provider, name, model, mode):
    """The model as the file has it; None if it has no price that can be used."""
    if "input" not in model or ("output" not in model and "imageOutput" not in model and mode != "embedding"):
        if not ("input" in model and "embed" in name):
            return None
    if not model["input"] and not re.search(FREE.get(provider, r"[:-]free$"), name):
        return None
    if mode == "embedding" or "embed" in name:
        model["output"] = Decimal(0)
        model.pop("above", None)
    as_text = costs_as_text(provider, name, model, mode)
    complete(provider, name, model, as_text)
    if provider == "dashscope" and "reasoning" in model:
        return None
    for tier in ("flex", "priority"):
        if tier not in model:
            continue
        if model[tier]["input"] == model["input"] != 0:
            del model[tier]
        else:
            complete(provider, name, model[tier], as_text)
    if provider in ("openai", "anthropic") or (provider == "azure-openai" and re.match(r"gpt-|o\d", name)):
        model["batch"] = "half"
    elif "batch" in model:
        complete(provider, name, model["batch"], as_text)
    if provider == "anthropic":
        model.setdefault("webSearch", Decimal("0.01"))
        if version_of(name) >= (4, 6):
            model.setdefault("usa", Decimal("1.1"))
    return {key: plain(value) for key, value in model.items()}


def plain(value):
    """JSON's numbers, exact."""
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if not isinstance(value, Decimal):
        return value
    if value != round(value, 6):
        raise SystemExit(f"more than six decimals: {value}")
    return int(value) if value == int(value) else float(value)


def section(raw, data, names, providers, prefixes, others):
    litellm, modes, models, seen = {}, {}, {}, set()
    for name, model, fields in litellm_models(raw, providers, prefixes):
        name = name.lower()
        first = litellm.setdefault(name, model)
        if any(first.get(n) != model.get(n) for n in ("input", "output")):  # two of its providers in one of ours
            litellm[name] = {}
        modes.setdefault(name, fields.get("mode"))
    models.update(litellm)
    genai = [row for row in genai_models(data, others)
             if names != ["google"] or "gemini" in row[0][0]]  # its own API has no other makers' models
    for aliases, model in genai:
        known = next((litellm[alias] for alias in aliases if alias in litellm), {})
        if names == ["bedrock"]:  # each region has its own price; versions follow: "-v1:0"
            known = {}
            aliases += [name for name in litellm if name.startswith(tuple(aliases))]
        for alias in aliases:
            if alias not in seen:  # the first entry of that name counts
                seen.add(alias)
                models[alias] = merged(litellm.get(alias, known), model) if litellm.get(alias, True) else {}
    old = outdated(data)
    made = {}
    for name in sorted(models):
        model = models[name] or {}
        if names != ["anthropic"] and any(key in name and model.get("input") == price["input"]
                                          and model.get("output") == price["output"]
                                          and "above" not in price for key, price in old.items()):
            continue
        if names == ["bedrock"] and name.startswith("claude"):  # does not say in which regions it ran
            continue
        if not model or (names == ["vertex"] and "claude" in name and version_of(name) >= (4, 5)):
            made[name] = None
        elif model := finished(names[0], name, copy.deepcopy(model), modes.get(name)):
            made[name] = model
    return {"names": names, "models": made}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        raw = {name: fields for name, fields in json.load(file).items() if name != "sample_spec"}
    with open(sys.argv[2], encoding="utf-8") as file:
        data = json.load(file)
    about = {"text": "USD per million tokens; made by make-prices.py, which says by which rules",
             "sources": SOURCES}
    sections = [section(raw, data, *row) for row in SECTIONS]
    # One model a line: a change is readable.
    out = ['{"_about":' + json.dumps(about) + ',', '"version":1,',
           '"date":' + json.dumps(max(s["date"] for s in SOURCES)) + ',', '"providers":[']
    for number, part in enumerate(sections):
        lines = [json.dumps(name) + ":" + json.dumps(model, separators=(",", ":"))
                 for name, model in part["models"].items()]
        out.append('{"names":' + json.dumps(part["names"]) + ',"models":{')
        out.append(",\n".join(lines))
        out.append("}}" + ("," if number + 1 < len(sections) else ""))
    out.append("]}")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
