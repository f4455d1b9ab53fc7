// What a provider's SDK says of the tokens, in the grammar of the events: input is the whole prompt, output
// is everything generated; cache and reasoning are parts of these. What was not said is null.
const nothing = { input: null, output: null, cacheRead: null, cacheWrite: null, reasoning: null };

export function ofEvent(event) {
    return {
        input: event.input_tokens,
        output: event.output_tokens,
        cacheRead: event.cache_read_tokens,
        cacheWrite: event.cache_write_tokens,
        reasoning: event.reasoning_tokens,
    };
}

export function ofRecording({ expected }) {
    return ofEvent(expected);
}

// Of several calls: what none of them said stays unsaid.
export function sum(list) {
    const added = (key) => {
        const said = list.map((tokens) => tokens[key]).filter((value) => value !== null);
        return said.length ? said.reduce((total, value) => total + value, 0) : null;
    };
    return Object.fromEntries(Object.keys(nothing).map((key) => [key, added(key)]));
}

// Chat completions, legacy completions and embeddings. The provider decides where its reasoning is counted.
export function ofChat(usage, provider) {
    if (!usage)
        return nothing;
    const tokens = {
        input: usage.prompt_tokens,
        output: usage.completion_tokens ?? 0, // an embedding generates nothing
        cacheRead: usage.prompt_tokens_details?.cached_tokens ?? usage.cached_tokens ?? null,
        cacheWrite: usage.prompt_tokens_details?.cache_write_tokens ?? null,
        reasoning: usage.completion_tokens_details?.reasoning_tokens ?? null,
    };
    if (provider === 'xai') // outside of completion_tokens
        tokens.output += tokens.reasoning ?? 0;
    if (provider === 'google') { // in the total alone
        tokens.output = usage.total_tokens - usage.prompt_tokens;
        tokens.reasoning = tokens.output - usage.completion_tokens || null;
    }
    return tokens;
}

export function ofResponses(usage) {
    if (!usage)
        return nothing;
    return {
        input: usage.input_tokens,
        output: usage.output_tokens,
        cacheRead: usage.input_tokens_details?.cached_tokens ?? null,
        cacheWrite: usage.input_tokens_details?.cache_write_tokens ?? null,
        reasoning: usage.output_tokens_details?.reasoning_tokens ?? null,
    };
}

// Whisper states seconds in place of tokens.
export function ofTranscription(usage) {
    return usage?.type === 'tokens' ? ofResponses(usage) : nothing;
}

// Cached tokens are outside of input_tokens.
export function ofAnthropic(usage) {
    if (!usage)
        return nothing;
    const cacheRead = usage.cache_read_input_tokens ?? null;
    const cacheWrite = usage.cache_creation_input_tokens ?? null;
    return {
        input: usage.input_tokens + (cacheRead ?? 0) + (cacheWrite ?? 0),
        output: usage.output_tokens,
        cacheRead,
        cacheWrite,
        reasoning: usage.output_tokens_details?.thinking_tokens ?? null,
    };
}

// Thoughts are outside of the candidates, and what tools put into the prompt is outside of the prompt.
export function ofGemini(usage) {
    if (!usage)
        return nothing;
    return {
        input: usage.promptTokenCount + (usage.toolUsePromptTokenCount ?? 0),
        output: (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
        cacheRead: usage.cachedContentTokenCount ?? null,
        cacheWrite: null,
        reasoning: usage.thoughtsTokenCount ?? null,
    };
}

export function ofInteraction(usage) {
    if (!usage)
        return nothing;
    return {
        input: usage.total_input_tokens + (usage.total_tool_use_tokens ?? 0),
        output: usage.total_output_tokens + (usage.total_thought_tokens ?? 0),
        cacheRead: usage.total_cached_tokens ?? null,
        cacheWrite: null,
        reasoning: usage.total_thought_tokens ?? null,
    };
}

// Audio is outside of the prompt's tokens and inside the total.
export function ofMistral(usage) {
    if (!usage)
        return nothing;
    return {
        input: usage.totalTokens - usage.completionTokens,
        output: usage.completionTokens,
        cacheRead: usage.prompt_tokens_details?.cached_tokens ?? null,
        cacheWrite: null,
        reasoning: null,
    };
}

// Images are outside of the input tokens. `meta` is a usage of version 2 or the meta of version 1.
export function ofCohere(meta) {
    if (!meta?.tokens)
        return nothing;
    return {
        input: meta.tokens.inputTokens + (meta.tokens.image_tokens ?? 0),
        output: meta.tokens.outputTokens,
        cacheRead: meta.cachedTokens ?? null,
        cacheWrite: null,
        reasoning: meta.tokens.reasoning_tokens ?? null,
    };
}

export function ofCohereEmbedding(meta) {
    return { ...nothing, input: meta.billedUnits.inputTokens + (meta.billedUnits.imageTokens ?? 0), output: 0 };
}

export function ofOllama(usage) {
    return { ...nothing, input: usage.prompt_eval_count ?? null, output: usage.eval_count ?? 0 };
}
