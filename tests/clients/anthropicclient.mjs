// Calls of the Anthropic SDK.
import Anthropic from '@anthropic-ai/sdk';

import { collect, key } from './stage.mjs';
import { ofAnthropic, sum } from './tokens.mjs';

// Without a root, the provider's own address or that of the environment.
export function sdk(root) {
    return new Anthropic({ apiKey: key, maxRetries: 0, timeout: 20_000, baseURL: root });
}

export function requestOf({ expected, request }) {
    const model = expected.request_model ?? expected.model;
    const fallback = { model, messages: [{ role: 'user', content: 'Hello' }], max_tokens: 1000 };
    return { ...(request ?? fallback), stream: expected.streaming };
}

// The usage statement in what the SDK returned, as the provider's documentation says to read it.
function statedUsage(answer) {
    if (!Array.isArray(answer))
        return answer.usage ?? null;
    const stated = answer.filter((event) => event.type === 'message_start' || event.type === 'message_delta')
        .map((event) => event.usage ?? event.message?.usage ?? {});
    // The later statement is cumulative; what it leaves out or nulls, the earlier one said.
    return Object.assign({}, ...stated.map((usage) =>
        Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null))));
}

export const messages = {
    route: 'anthropic',
    provider: 'anthropic',
    async call(root, recorded, headers) {
        const answer = await sdk(root).messages.create(requestOf(recorded), { headers });
        return recorded.expected.streaming ? collect(answer) : answer;
    },
    // The top leaves calls out that its iterations list and that are billed. Reasoning stands at the top alone.
    tokens(answer) {
        const usage = statedUsage(answer);
        const tokens = ofAnthropic(usage);
        return usage?.iterations
            ? { ...sum(usage.iterations.map(ofAnthropic)), reasoning: tokens.reasoning } : tokens;
    },
};
