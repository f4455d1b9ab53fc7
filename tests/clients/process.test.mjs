// The program under its clients: many at once, without a name, and when it is told to stop.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { loadAll } from './fixtures.mjs';
import { Hookscope } from './hookscope.mjs';
import { call } from './openaiclient.mjs';
import { Stage, only, testSecrecy } from './stage.mjs';
import { ofEvent, ofRecording } from './tokens.mjs';

const cases = loadAll('openai', /^(chat|responses)-(json|stream)-/);
const stage = new Stage(cases, ['openai']);

test('sixty calls at once keep their own numbers', async () => {
    const calls = Array.from({ length: 60 }, (_, index) => ({ index, recorded: cases[index % cases.length] }));
    await Promise.all(calls.map(({ index, recorded }) =>
        call(stage.root('openai', `sdk-many-${index}`), recorded, { 'x-fixture': recorded.name })));
    for (const { index, recorded } of calls) {
        const { calls: events, count } = await stage.hookscope.exchange(`sdk-many-${index}`);
        assert.equal(count, 3);
        assert.deepEqual(ofEvent(only(events)), ofRecording(recorded));
        assert.equal(only(events).model, recorded.expected.model);
    }
});

test('a request without a sandbox has the label of the command line', async () => {
    const [recorded] = cases;
    await call(`${stage.hookscope.origin}/openai`, recorded, { 'x-fixture': recorded.name });
    const event = only((await stage.hookscope.exchange('local')).calls);
    assert.deepEqual(ofEvent(event), ofRecording(recorded));
});

testSecrecy(stage);

test('it stops as asked', async () => {
    assert.equal(await stage.hookscope.stop(), 0);
});

// Six go out at once, the others wait in the queue when the signal comes.
test('it delivers what is queued before it stops', async () => {
    const received = [];
    const receiver = createServer((request, response) => {
        let body = '';
        request.on('data', (data) => { body += data; });
        request.on('end', () => setTimeout(() => {
            received.push(JSON.parse(body).id);
            response.writeHead(204).end();
        }, 200));
    });
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
    const set = join(tmpdir(), `hookscope-clients-${process.pid}.json`);
    const url = `http://127.0.0.1:${receiver.address().port}/`;
    writeFileSync(set, JSON.stringify([{ name: 'w', event: 'on_response', target: { type: 'webhook', url } }]));
    const stopping = new Hookscope();
    try {
        await stopping.start(['--hooks', set]);
        await Promise.all(Array.from({ length: 12 }, async (_, n) => {
            await (await fetch(`${stopping.origin}/~stop-${n}/nope/`)).text();
            await stopping.exchange(`stop-${n}`);
        }));
        assert.equal(await stopping.stop(), 0);
        assert.equal(new Set(received).size, 12);
    } finally {
        receiver.close();
        rmSync(set);
    }
});
