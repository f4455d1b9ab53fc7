// The Anthropic SDK: messages, batches, what is counted before a call.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { messages, requestOf, sdk } from './anthropicclient.mjs';
import { load, loadAll } from './fixtures.mjs';
import { Stage, assertEvent, collect, only, testBytes, testCall, testSecrecy } from './stage.mjs';
import { ofAnthropic, ofEvent, sum } from './tokens.mjs';

const cases = loadAll('anthropic', /^messages-(json|stream)-/);
const batches = loadAll('anthropic', /^batch-results-/);
const count = load('anthropic', 'count-tokens-01');
const legacy = load('anthropic', 'complete-legacy-stream-01'); // no longer in the SDK
const stage = new Stage([...cases, ...batches, count, legacy], ['anthropic']);

test('there are recordings of every kind', () => {
    for (const streaming of [false, true])
        assert.ok(cases.some(({ expected }) => expected.streaming === streaming));
    assert.ok(batches.length);
});

for (const recorded of cases)
    testCall(stage, messages, recorded);
testBytes(stage, messages, legacy);

// The SDK asks for the batch first, and then for its results at the address that the batch names.
for (const recorded of batches) {
    test(`anthropic ${recorded.name}: the results of a batch are counted, asking for it is not`, async () => {
        const id = recorded.path.split('/').at(-2);
        const about = recorded.path.replace(/\/results$/, '');
        recorded.answers = new Map([[about, { id, type: 'message_batch', processing_status: 'ended', results_url: recorded.path }]]);
        const results = async (root) => collect(
            await sdk(root).messages.batches.results(id, {}, { headers: { 'x-fixture': recorded.name } }));
        const sandbox = `sdk-${recorded.name}`;
        const proxied = await results(stage.root('anthropic', sandbox));
        assert.deepEqual(proxied, await results(stage.root()));

        const { calls } = await stage.hookscope.exchange(sandbox, 2);
        const event = only(calls);
        assertEvent(event, recorded, 'anthropic');
        assert.deepEqual(ofEvent(event), sum(proxied.map(({ result }) => ofAnthropic(result.message?.usage))));
    });
    testBytes(stage, messages, recorded);
}

test('counting the tokens of a prompt is no call', async () => {
    const { stream, ...request } = requestOf(count);
    const counted = (root) => sdk(root).messages.countTokens(request, { headers: { 'x-fixture': count.name } });
    assert.deepEqual(await counted(stage.root('anthropic', 'sdk-count')), await counted(stage.root()));
    assert.deepEqual((await stage.hookscope.exchange('sdk-count')).calls, []);
});

test('a stream that is cut reaches the client cut, and what was stated until then is kept', async () => {
    const recorded = load('anthropic', 'messages-stream-cache-read-01');
    const cut = recorded.body.indexOf('event: message_delta');
    assert.ok(cut > 0);
    const headers = { 'x-fixture': recorded.name, 'x-cut-after': String(cut) };
    const stream = await sdk(stage.root('anthropic', 'sdk-cut')).messages.create(requestOf(recorded), { headers });
    await assert.rejects(collect(stream));

    const { calls, end } = await stage.hookscope.exchange('sdk-cut');
    const event = only(calls);
    assert.equal(event.usage, 'partial');
    assert.equal(event.input_tokens, recorded.expected.input_tokens);
    assert.equal(event.cache_read_tokens, recorded.expected.cache_read_tokens);
    assert.equal(end.response_bytes, cut);
    assert.equal(typeof end.error, 'string');
});

test('session and request id are those of the agent and the provider', async () => {
    const recorded = load('anthropic', 'messages-json-cache-read-01');
    const fields = recorded.headers.filter(([field]) => !/request-id/i.test(field));
    stage.upstream.cases.set('named', { ...recorded, name: 'named', headers: [...fields, ['request-id', 'req_011CabcDEF']] });
    await messages.call(stage.root('anthropic', 'sdk-session'), recorded,
        { 'x-fixture': 'named', 'x-claude-code-session-id': '6f9a1c22-session' });
    const event = only((await stage.hookscope.exchange('sdk-session')).calls);
    assert.equal(event.session, '6f9a1c22-session');
    assert.equal(event.request_id, 'req_011CabcDEF');
});

testSecrecy(stage);
