// Mistral's SDK: chat and streams. Audio is outside of its prompt tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mistral } from '@mistralai/mistralai';

import { loadAll } from './fixtures.mjs';
import { Stage, collect, key, testCall, testSecrecy } from './stage.mjs';
import { ofMistral } from './tokens.mjs';

const cases = loadAll('mistral', /^chat-(json|stream)-/);
const stage = new Stage(cases, ['mistral']);

const chat = {
    route: 'mistral',
    provider: 'mistral',
    async call(root, { expected }, headers) {
        const sdk = new Mistral({ apiKey: key, serverURL: root, timeoutMs: 20_000, retryConfig: { strategy: 'none' } });
        const request = { model: expected.request_model, messages: [{ role: 'user', content: 'Hello' }] };
        return expected.streaming ? collect(await sdk.chat.stream(request, { headers }))
                                  : sdk.chat.complete(request, { headers });
    },
    tokens: (answer) => ofMistral(Array.isArray(answer)
        ? answer.findLast(({ data }) => data.usage)?.data.usage : answer.usage),
};

test('there are recordings of every kind', () => {
    for (const streaming of [false, true])
        assert.ok(cases.some(({ expected }) => expected.streaming === streaming));
});

for (const recorded of cases)
    testCall(stage, chat, recorded);

testSecrecy(stage);
