// The scene of a file of tests: a provider on loopback and the proxy before it; and the one thing that is
// asked of every call: the client must not be able to tell, and the event's numbers must be those that the
// recording states and that the SDK itself reports.
import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, before, test } from 'node:test';

import { Hookscope } from './hookscope.mjs';
import { ofEvent, ofRecording } from './tokens.mjs';
import { Upstream } from './upstream.mjs';

export const key = 'sk-canary-0123456789abcdef';

// `routes` are names of routes that lead to the upstream; `options` are further ones of the command line.
export class Stage {
    constructor(cases, routes, options = [], settings = {}) {
        this.upstream = new Upstream(cases);
        this.hookscope = new Hookscope();
        before(async () => {
            await this.upstream.start();
            const leading = routes.flatMap((name) => ['--route', `${name}=${this.upstream.origin}`]);
            await this.hookscope.start([...leading, ...options], settings);
        });
        after(async () => {
            this.upstream.stop();
            await this.hookscope.stop();
        });
    }

    // What a client takes for the provider's address: the upstream itself, or a route under a sandbox's name.
    root(route, sandbox) {
        return sandbox ? `${this.hookscope.origin}/~${sandbox}/${route}` : this.upstream.origin;
    }

    asked(tag) {
        return only(this.upstream.requests.filter((request) => request.tag === tag));
    }
}

export function only(list) {
    assert.equal(list.length, 1, JSON.stringify(list));
    return list[0];
}

export async function collect(stream) {
    const events = [];
    for await (const event of stream)
        events.push(event);
    return events;
}

// What a client sends, less what belongs to the connection or names the call in this test.
function comparable({ method, path, headers, body }) {
    const { host, connection, 'x-tag': tag, ...rest } = headers;
    const boundary = headers['content-type']?.match(/^multipart\/.*boundary=(.*)$/)?.[1];
    if (!boundary)
        return { method, path, headers: rest, body: body.toString() };
    // The SDK draws it anew for each call.
    return { method, path, headers: { ...rest, 'content-type': 'multipart' },
             body: body.toString().replaceAll(boundary, 'boundary') };
}

// Of an LLM event, all that the recording decides.
export function assertEvent(event, recorded, provider, host = '127.0.0.1') {
    const { expected } = recorded;
    assert.equal(event.provider, provider);
    assert.equal(event.method, recorded.method);
    assert.equal(event.host, host);
    assert.equal(event.path, recorded.path);
    assert.equal(event.status, recorded.status);
    assert.equal(event.model, expected.model);
    assert.equal(event.streaming, expected.streaming);
    assert.equal(event.usage, expected.usage_present ? 'reported' : 'missing');
    assert.ok(event.duration_ms >= event.latency_ms);
    if (expected.streaming)
        assert.ok(event.ttft_ms === null || event.ttft_ms >= event.latency_ms);
    assert.deepEqual(ofEvent(event), ofRecording(recorded));
    const isWhole = event.input_tokens !== null && event.output_tokens !== null;
    assert.equal(event.total_tokens, isWhole ? event.input_tokens + event.output_tokens : null);
    const charged = chargedOf(expected);
    if (charged && event.cost_usd !== null)
        assert.ok(Math.abs(event.cost_usd - charged) < 1e-9, `${event.cost_usd} is not ${charged}`);
}

// What the provider says that it has charged, in USD; a tick is 1e-10.
function chargedOf({ extra }) {
    return extra.reported_cost_usd ?? (extra.reported_cost_usd_ticks ?? 0) * 1e-10;
}

// One call of an SDK, directly and through the proxy.
//   client.route, client.provider   the route's name, and the name of the provider in the events
//   client.call(root, recorded, headers)  what the SDK makes of the answer
//   client.tokens(answer, recorded)  what the SDK reports, by tokens.mjs; undefined if it reports nothing
export function testCall(stage, client, recorded) {
    const { name } = recorded;
    const { provider, route } = client;

    test(`${route} ${name}: the client cannot tell, and the numbers are its own`, async () => {
        const direct = await client.call(stage.root(), recorded, { 'x-fixture': name, 'x-tag': `direct-${name}` });
        const sandbox = `sdk-${name}`;
        const proxied = await client.call(stage.root(route, sandbox), recorded, { 'x-fixture': name, 'x-tag': sandbox });
        assert.deepEqual(proxied, direct);

        const asked = stage.asked(sandbox);
        assert.deepEqual(comparable(asked), comparable(stage.asked(`direct-${name}`)));
        assert.equal(asked.path.split('?')[0], recorded.path);

        const { request, calls, end, count } = await stage.hookscope.exchange(sandbox);
        assert.equal(count, 3);
        assert.equal(end.status, 200);
        assert.equal(end.error, undefined);
        assert.equal(end.request_bytes, asked.body.length);
        assert.equal(end.response_bytes, recorded.body.length);
        assert.equal(request.id, end.id);
        assert.equal(request.status, null);

        const event = only(calls);
        assert.equal(event.id, end.id);
        assertEvent(event, recorded, provider);
        const reported = client.tokens(proxied, recorded);
        if (reported)
            assert.deepEqual(ofEvent(event), reported);
    });

    testBytes(stage, client, recorded);
}

// The same without an SDK, byte by byte.
export function testBytes(stage, { route, provider }, recorded) {
    const { name, method } = recorded;
    test(`${route} ${name}: the bytes are the recording's`, async () => {
        const body = method === 'POST' ? JSON.stringify(recorded.request ?? { model: recorded.expected.request_model }) : '';
        const headers = { 'content-type': 'application/json', 'x-api-key': key, 'x-fixture': name };
        const target = recorded.path + recorded.query;
        const sandbox = `raw-${name}`;
        const through = await rawRequest(stage.root(route, sandbox) + target, method, headers, body);
        assert.equal(through.status, recorded.status);
        assert.ok(through.body.equals(recorded.body));
        const direct = await rawRequest(stage.root() + target, method, headers, body);
        for (const answer of [through, direct]) {
            for (const field of ['connection', 'keep-alive'])
                delete answer.headers[field];
        }
        assert.deepEqual(through.headers, direct.headers);
        const event = only((await stage.hookscope.exchange(sandbox)).calls);
        assert.deepEqual(ofEvent(event), ofRecording(recorded));
        assert.equal(event.provider, provider);
    });
}

// To stand last in a file: of all that was printed until then, on both streams.
export function testSecrecy(stage) {
    test('no credential was printed', () => {
        assert.ok(stage.hookscope.output.includes('[proxy:llm] sdk-'));
        assert.ok(!stage.hookscope.output.includes(key), 'the key is in the output');
        assert.ok(!stage.hookscope.output.includes(Buffer.from(key).toString('base64').replace(/=+$/, '')));
    });
}

function rawRequest(url, method, headers, body) {
    return new Promise((resolve, reject) => {
        const request = httpRequest(url, { method, headers }, async (response) => {
            try {
                const pieces = await collect(response);
                resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) });
            } catch (error) {
                reject(error);
            }
        });
        request.on('error', reject);
        request.end(body);
    });
}
