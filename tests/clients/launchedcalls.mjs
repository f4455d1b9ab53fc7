// The calls that SDKs make at their providers' own addresses, in order.
import { messages } from './anthropicclient.mjs';
import { loadAll } from './fixtures.mjs';
import { content, embed, interaction } from './geminiclient.mjs';
import { openai } from './openaiclient.mjs';

function of(host, client, provider, pattern) {
    return loadAll(provider, pattern).map((recorded) => ({ host, client, recorded }));
}

const google = 'generativelanguage.googleapis.com';

export const calls = [
    ...of('api.openai.com', openai('openai'), 'openai',
          /^(chat|responses|completions)-(json|stream)-|^embeddings-|^audio-/),
    ...of('api.anthropic.com', messages, 'anthropic', /^messages-(json|stream)-/),
    ...of(google, content, 'gemini', /^(generate-json|stream-sse)-/),
    ...of(google, interaction, 'gemini', /^interactions-/),
    ...of(google, embed, 'gemini', /^embed-/),
];

export const hosts = [...new Set(calls.map(({ host }) => host))];

// The variables that hold the SDKs' base URLs, as one who sets them by hand would.
export const ownBaseUrls = {
    OPENAI_BASE_URL: 'https://api.openai.com/v1',
    ANTHROPIC_BASE_URL: 'https://api.anthropic.com',
    GOOGLE_GEMINI_BASE_URL: `https://${google}`,
};
