// Google's SDK: content, streams, embeddings, interactions, what is counted before a call.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { load, loadAll } from './fixtures.mjs';
import { content, embed, interaction, sdk, withoutConnection } from './geminiclient.mjs';
import { Stage, testBytes, testCall, testSecrecy } from './stage.mjs';

const contents = loadAll('gemini', /^(generate-json|stream-sse)-/);
const interactions = loadAll('gemini', /^interactions-/);
const embedding = load('gemini', 'embed-01');
const count = load('gemini', 'count-tokens-01');
const arrays = loadAll('gemini', /^stream-json-array-/); // the SDK asks for SSE instead
const stage = new Stage([...contents, ...interactions, ...arrays, embedding, count], ['gemini']);

test('there are recordings of every kind', () => {
    for (const list of [contents, interactions]) {
        for (const streaming of [false, true])
            assert.ok(list.some(({ expected }) => expected.streaming === streaming));
    }
});

for (const recorded of contents)
    testCall(stage, content, recorded);
for (const recorded of interactions)
    testCall(stage, interaction, recorded);
testCall(stage, embed, embedding);
for (const recorded of arrays)
    testBytes(stage, content, recorded);

test('counting the tokens of a prompt is no call', async () => {
    const counted = async (root) => withoutConnection(
        await sdk(root, { 'x-fixture': count.name }).models.countTokens({ model: count.expected.request_model, contents: 'Hello' }));
    const proxied = await counted(stage.root('gemini', 'sdk-count'));
    assert.deepEqual(proxied, await counted(stage.root()));
    assert.equal(proxied.totalTokens, count.expected.input_tokens);
    assert.deepEqual((await stage.hookscope.exchange('sdk-count')).calls, []);
});

testSecrecy(stage);
