// Calls of the OpenAI SDK, at OpenAI and at those that speak its dialect.
import { File } from 'node:buffer';
import OpenAI from 'openai';

import { collect, key } from './stage.mjs';
import { ofChat, ofResponses, ofTranscription, sum } from './tokens.mjs';

globalThis.File ??= File; // Node.js 18 has it in the module alone

const endpoints = {
    '/chat/completions': {
        body: (model) => ({ model, messages: [{ role: 'user', content: 'Hello' }], max_tokens: 1000 }),
        create: (sdk, ...call) => sdk.chat.completions.create(...call),
        tokens: ofChat,
        inStream: (chunks) => chunks.findLast((chunk) => chunk.usage)?.usage
            ?? chunks.findLast((chunk) => chunk.x_groq?.usage)?.x_groq.usage,
    },
    '/completions': {
        body: (model) => ({ model, prompt: 'Hello' }),
        create: (sdk, ...call) => sdk.completions.create(...call),
        tokens: ofChat,
        inStream: (chunks) => chunks.findLast((chunk) => chunk.usage)?.usage,
    },
    '/responses': {
        body: (model) => ({ model, input: 'Hello' }),
        create: (sdk, ...call) => sdk.responses.create(...call),
        tokens: ofResponses,
        inStream: (events) => events.findLast((event) => event.response?.usage)?.response.usage,
    },
    '/embeddings': {
        body: (model) => ({ model, input: 'Hello' }),
        create: (sdk, ...call) => sdk.embeddings.create(...call),
        tokens: ofChat,
    },
    '/audio/transcriptions': {
        // The recordings have left the upload out.
        body: (model) => ({ model, file: new File([Buffer.from('RIFF\0\0\0\0WAVE')], 'hello.wav', { type: 'audio/wav' }) }),
        create: (sdk, ...call) => sdk.audio.transcriptions.create(...call),
        tokens: ofTranscription,
        inStream: (events) => events.findLast((event) => event.usage)?.usage,
    },
};

const ofFile = /\/files\/([^/]+)\/content$/; // a batch's results

function endpointOf({ path }) {
    const ends = Object.keys(endpoints).filter((end) => path.endsWith(end));
    return ends.sort((a, b) => b.length - a.length)[0];
}

// Without a root, the provider's own address or that of the environment.
function sdkOf(root, base) {
    const baseURL = root === undefined ? root : root + base;
    return new OpenAI({ apiKey: key, maxRetries: 0, timeout: 20_000, baseURL });
}

export function requestOf(recorded) {
    const { expected } = recorded;
    const request = recorded.request ?? endpoints[endpointOf(recorded)].body(expected.request_model ?? expected.model);
    return expected.streaming || 'stream' in request ? { ...request, stream: expected.streaming } : request;
}

export async function call(root, recorded, headers) {
    const file = recorded.path.match(ofFile);
    if (file)
        return (await sdkOf(root, recorded.path.slice(0, file.index)).files.content(file[1], { headers })).text();
    const end = endpointOf(recorded);
    const sdk = sdkOf(root, recorded.path.slice(0, -end.length));
    const answer = await endpoints[end].create(sdk, requestOf(recorded), { headers });
    return recorded.expected.streaming ? collect(answer) : answer;
}

// `provider` as in the events.
export function tokens(answer, recorded, provider) {
    if (recorded.path.match(ofFile)) {
        const bodies = answer.trim().split('\n').map((line) => JSON.parse(line).response.body);
        return sum(bodies.map(({ usage }) => ('prompt_tokens' in usage ? ofChat(usage) : ofResponses(usage))));
    }
    const { tokens: of, inStream } = endpoints[endpointOf(recorded)];
    return of(Array.isArray(answer) ? inStream(answer) : answer.usage, provider);
}

export function openai(route, provider = route) {
    return { route, provider, call, tokens: (answer, recorded) => tokens(answer, recorded, provider) };
}
