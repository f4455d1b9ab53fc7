// Ollama's own client: chat, generate, embed. It streams unless it is told not to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ollama } from 'ollama';

import { loadAll } from './fixtures.mjs';
import { Stage, collect, key, testCall, testSecrecy } from './stage.mjs';
import { ofOllama } from './tokens.mjs';

const cases = loadAll('ollama', /^api-/);
const stage = new Stage(cases, ['ollama']);

const client = {
    route: 'ollama',
    provider: 'ollama',
    async call(root, { expected, path, request }, headers) {
        const sdk = new Ollama({ host: root, headers: { ...headers, Authorization: `Bearer ${key}` } });
        const endpoint = path.split('/').at(-1);
        const answer = await sdk[endpoint](endpoint === 'embed' ? request : { ...request, stream: expected.streaming });
        return expected.streaming ? collect(answer) : answer;
    },
    tokens: (answer) => ofOllama(Array.isArray(answer) ? answer.at(-1) : answer),
};

test('there are recordings of every kind', () => {
    for (const endpoint of ['chat', 'generate', 'embed'])
        assert.ok(cases.some(({ path }) => path === `/api/${endpoint}`));
});

for (const recorded of cases)
    testCall(stage, client, recorded);

testSecrecy(stage);
