// Streams whose usage Hookscope asks for on the client's behalf: the SDK must see what it would have seen, and
// the event must have the numbers all the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { loadAll } from './fixtures.mjs';
import { openai } from './openaiclient.mjs';
import { Stage, only, testSecrecy } from './stage.mjs';
import { ofEvent, ofRecording } from './tokens.mjs';

// What the provider answers to one that does not ask: no statement, and no `usage` in the other chunks.
function unasked(body) {
    const events = body.toString().split('\n\n').filter((event) => !/"choices":\s*\[\]/.test(event));
    return Buffer.from(events.join('\n\n').replace(/,\s*"usage":\s*null(?=\s*[,}])/g, ''));
}

function isAsked(request) {
    return JSON.parse(request).stream_options?.include_usage === true;
}

const asking = loadAll('openai', /^(chat|completions)-stream-/)
    .filter(({ expected, request }) => expected.usage_present && request?.stream_options?.include_usage);
for (const recorded of asking)
    recorded.bodyFor = (request) => (isAsked(request) ? recorded.body : unasked(recorded.body));
const silent = asking.map((recorded) => {
    const { stream_options: dropped, ...request } = recorded.request;
    return { ...recorded, name: `${recorded.name}-unasked`, request };
});

const stage = new Stage([...asking, ...silent], ['openai'], [], { addStreamUsage: true });
const client = openai('openai');

test('there are recordings', () => assert.ok(asking.length > 3));

for (const recorded of [...asking, ...silent]) {
    test(`${recorded.name}: the client sees what it asked for, and the event has the numbers`, async () => {
        const headers = { 'x-fixture': recorded.name };
        const direct = await client.call(stage.root(), recorded, headers);
        const sandbox = `sdk-${recorded.name}`;
        assert.deepEqual(await client.call(stage.root('openai', sandbox), recorded, { ...headers, 'x-tag': sandbox }), direct);
        assert.equal(direct.some((chunk) => chunk.usage), asking.includes(recorded));
        assert.ok(isAsked(stage.asked(sandbox).body));

        const event = only((await stage.hookscope.exchange(sandbox)).calls);
        assert.deepEqual(ofEvent(event), ofRecording(recorded));
        assert.equal(event.usage, 'reported');
    });
}

testSecrecy(stage);
