// Cohere's SDK: chat of both versions, streams, embeddings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CohereClient, CohereClientV2 } from 'cohere-ai';

import { load, loadAll } from './fixtures.mjs';
import { Stage, collect, key, testCall, testSecrecy } from './stage.mjs';
import { ofCohere, ofCohereEmbedding } from './tokens.mjs';

const chats = loadAll('cohere', /^v2-chat-(json|stream)-/);
const first = load('cohere', 'v1-chat-stream-01');
const embedding = load('cohere', 'v2-embed-01');
const stage = new Stage([...chats, first, embedding], ['cohere']);

const common = { route: 'cohere', provider: 'cohere' };

function options(root, headers) {
    return { token: key, environment: root, headers, maxRetries: 0, timeoutInSeconds: 20 };
}

const chat = {
    ...common,
    async call(root, { expected }, headers) {
        const sdk = new CohereClientV2(options(root, headers));
        const request = { model: expected.request_model, messages: [{ role: 'user', content: 'Hello' }] };
        return expected.streaming ? collect(await sdk.chatStream(request)) : sdk.chat(request);
    },
    tokens: (answer) => ofCohere(Array.isArray(answer)
        ? answer.find(({ type }) => type === 'message-end').delta.usage : answer.usage),
};

const firstChat = {
    ...common,
    call: async (root, { request }, headers) =>
        collect(await new CohereClient(options(root, headers)).chatStream({ model: request.model, message: request.message })),
    tokens: (answer) => ofCohere(answer.find(({ eventType }) => eventType === 'stream-end').response.meta),
};

const embed = {
    ...common,
    call: (root, { request }, headers) => new CohereClientV2(options(root, headers)).embed({
        model: request.model, inputType: request.input_type, embeddingTypes: request.embedding_types, texts: request.texts,
    }),
    tokens: ({ meta }) => ofCohereEmbedding(meta),
};

test('there are recordings of every kind', () => {
    for (const streaming of [false, true])
        assert.ok(chats.some(({ expected }) => expected.streaming === streaming));
});

for (const recorded of chats)
    testCall(stage, chat, recorded);
testCall(stage, firstChat, first);
testCall(stage, embed, embedding);

testSecrecy(stage);
