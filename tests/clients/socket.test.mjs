// Calls on websockets: Google's SDK with the Live API, OpenAI's with responses; the realtime APIs without an SDK,
// for OpenAI's takes no address that is not wss.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { WebSocket } from 'ws';

import { load } from './fixtures.mjs';
import { Hookscope } from './hookscope.mjs';
import { key } from './stage.mjs';
import { SocketUpstream } from './socketupstream.mjs';
import { ofEvent, ofResponses } from './tokens.mjs';

const live = load('gemini', 'live-ws-01');
const responses = load('derived', 'codex-responses-ws-01');
const realtime = [['openai', load('openai', 'realtime-ws-01')], ['xai', load('xai', 'realtime-ws-01')]];
for (const [route, recorded] of realtime)
    recorded.name += `-at-${route}`;

const upstream = new SocketUpstream([live, responses, ...realtime.map(([, recorded]) => recorded)]);
const hookscope = new Hookscope();

before(async () => {
    await upstream.start();
    await hookscope.start(['openai', 'xai', 'gemini'].flatMap((name) => ['--route', `${name}=${upstream.origin}`]));
});

after(async () => {
    upstream.stop();
    await hookscope.stop();
});

const from = (recorded, direction) => recorded.frames.filter((frame) => frame.direction === direction);

// Takes messages until all of the recording's are there.
class Inbox {
    constructor(recorded) {
        this.messages = [];
        this.whole = new Promise((resolve, reject) => {
            this.fail = reject;
            this.take = (message) => {
                this.messages.push(message);
                if (this.messages.length === from(recorded, 'server').length)
                    resolve(this.messages);
            };
        });
    }
}

async function callLive(root, recorded, headers) {
    const inbox = new Inbox(recorded);
    const { setup } = JSON.parse(recorded.frames[0].payload);
    const session = await new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: root, headers } }).live.connect({
        model: setup.model,
        config: { responseModalities: setup.generationConfig.responseModalities },
        callbacks: { onmessage: (message) => inbox.take(message), onerror: inbox.fail },
    });
    for (const { payload } of from(recorded, 'client').slice(1))
        session.conn.send(payload);
    const messages = await inbox.whole;
    session.close();
    return messages;
}

async function callResponses(root, recorded, headers) {
    const inbox = new Inbox(recorded);
    const sdk = new OpenAI({ apiKey: key, baseURL: root + recorded.path.replace(/\/responses$/, '') });
    const socket = new ResponsesWS(sdk, { headers });
    socket.on('event', inbox.take);
    socket.on('error', inbox.fail);
    for (const { payload } of from(recorded, 'client'))
        socket.send(JSON.parse(payload));
    const messages = await inbox.whole;
    socket.close();
    return messages;
}

async function callRealtime(root, recorded, headers) {
    const inbox = new Inbox(recorded);
    const socket = new WebSocket(root.replace(/^http/, 'ws') + recorded.path + recorded.query,
        { headers: { ...headers, authorization: `Bearer ${key}` } });
    socket.on('message', (data) => inbox.take(JSON.parse(data)));
    socket.on('error', inbox.fail);
    socket.on('open', () => from(recorded, 'client').forEach(({ payload }) => socket.send(payload)));
    const messages = await inbox.whole;
    socket.close();
    return messages;
}

// Of Live: what the model answered, and its thoughts, which are outside of it.
function ofTurn({ usageMetadata: usage }) {
    return {
        input: usage.promptTokenCount + (usage.toolUsePromptTokenCount ?? 0),
        output: usage.responseTokenCount + (usage.thoughtsTokenCount ?? 0),
        cacheRead: usage.cachedContentTokenCount ?? null,
        cacheWrite: null,
        reasoning: usage.thoughtsTokenCount ?? null,
    };
}

// Details of the realtime API are named in the singular; xAI states them beside the response.
function ofRealtime({ response, usage = response.usage }) {
    return ofResponses({ ...usage, input_tokens_details: usage.input_token_details,
                         output_tokens_details: usage.output_token_details });
}

const calls = [
    { route: 'gemini', provider: 'google', recorded: live, call: callLive,
      reported: (messages) => messages.filter(({ usageMetadata }) => usageMetadata).map(ofTurn) },
    { route: 'openai', provider: 'openai', recorded: responses, call: callResponses,
      reported: (messages) => messages.filter(({ type }) => type === 'response.completed')
          .map(({ response }) => ofResponses(response.usage)) },
    ...realtime.map(([route, recorded]) => ({ route, provider: route, recorded, call: callRealtime,
        reported: (messages) => messages.filter(({ type }) => type === 'response.done').map(ofRealtime) })),
];

for (const { route, provider, recorded, call, reported } of calls) {
    const { name, expected } = recorded;
    test(`${route} ${name}: the client cannot tell, and each answer has its numbers`, async () => {
        const direct = await call(upstream.origin, recorded, { 'x-fixture': name, 'x-tag': `direct-${name}` });
        const sandbox = `sdk-${name}`;
        const root = `${hookscope.origin}/~${sandbox}/${route}`;
        const proxied = await call(root, recorded, { 'x-fixture': name, 'x-tag': sandbox });
        assert.deepEqual(proxied, direct);
        assert.deepEqual(upstream.received.get(sandbox), upstream.received.get(`direct-${name}`));

        const { calls: events, end } = await hookscope.exchange(sandbox);
        assert.equal(end.status, 101);
        assert.deepEqual(events.map(ofEvent), reported(proxied));
        assert.deepEqual(events.map(ofEvent), (expected.extra.responses ?? [expected]).map(ofEvent));
        for (const event of events) {
            assert.equal(event.provider, provider);
            assert.equal(event.model, expected.model);
            assert.equal(event.usage, 'reported');
            assert.equal(event.streaming, true);
        }
    });
}

test('no credential was printed, not that of the address either', () => {
    assert.ok(hookscope.output.includes('sdk-live-ws-01'));
    assert.ok(!hookscope.output.includes(key));
});
