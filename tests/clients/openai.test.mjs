// The OpenAI SDK at OpenAI: chat, responses, legacy completions, embeddings, transcriptions, batches.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';

import { load, loadAll } from './fixtures.mjs';
import { call, openai, requestOf } from './openaiclient.mjs';
import { Stage, key, only, testCall, testSecrecy } from './stage.mjs';
import { ofChat, ofEvent, ofRecording } from './tokens.mjs';

const cases = loadAll('openai', /^(chat|responses|completions)-(json|stream)-|^embeddings-|^audio-|^batch-/);
const errors = loadAll('openai', /^chat-error-/);
const stage = new Stage([...cases, ...errors], ['openai']);

test('there are recordings of every kind', () => {
    for (const family of ['openai_chat', 'openai_responses', 'openai_audio']) {
        for (const streaming of [false, true])
            assert.ok(cases.some(({ expected }) => expected.family === family && expected.streaming === streaming));
    }
    for (const family of ['openai_embeddings', 'openai_batch'])
        assert.ok(cases.some(({ expected }) => expected.family === family));
});

for (const recorded of cases)
    testCall(stage, openai('openai'), recorded);

for (const recorded of errors) {
    test(`openai ${recorded.name}: an error is the SDK's error, and keeps model and status`, async () => {
        const failure = (root) => call(root, recorded, { 'x-fixture': recorded.name })
            .then(() => assert.fail('no error'), (error) => error);
        const direct = await failure(stage.root());
        const sandbox = `sdk-${recorded.name}`;
        const proxied = await failure(stage.root('openai', sandbox));
        assert.ok(proxied instanceof OpenAI.APIError, String(proxied));
        assert.equal(proxied.status, recorded.status);
        assert.equal(proxied.message, direct.message);
        assert.deepEqual(proxied.error, direct.error);

        const event = only((await stage.hookscope.exchange(sandbox)).calls);
        assert.equal(event.status, recorded.status);
        assert.equal(event.model, recorded.expected.request_model);
        assert.equal(event.usage, 'missing');
        assert.deepEqual(ofEvent(event), ofChat(null));
    });
}

test('a client that leaves a stream does not disturb the next one', async () => {
    const recorded = load('openai', 'chat-stream-cached-01');
    const headers = { 'x-fixture': recorded.name };
    const baseURL = `${stage.root('openai', 'sdk-leaves')}/v1`;
    const sdk = new OpenAI({ apiKey: key, maxRetries: 0, timeout: 20_000, baseURL });
    const stream = await sdk.chat.completions.create(requestOf(recorded), { headers });
    for await (const chunk of stream) {
        assert.ok(chunk.id);
        break;
    }
    await stage.hookscope.exchange('sdk-leaves');

    const whole = await call(stage.root('openai', 'sdk-after'), recorded, headers);
    assert.deepEqual(whole, await call(stage.root(), recorded, headers));
    const event = only((await stage.hookscope.exchange('sdk-after')).calls);
    assert.deepEqual(ofEvent(event), ofRecording(recorded));
});

testSecrecy(stage);
