// Drives the real OpenAI and Anthropic SDKs through the built binary, against recordings on loopback.
// Each call is made twice, directly and through the proxy: the client must not be able to tell, and the
// event's numbers must be those that the SDK itself reports.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

import { load, loadAll } from './fixtures.mjs';
import { Hookscope } from './hookscope.mjs';
import { Upstream } from './upstream.mjs';

const key = 'sk-canary-0123456789abcdef';

const cases = [
    ...loadAll('openai', /^(chat|responses)-(json|stream)-/),
    ...loadAll('anthropic', /^messages-(json|stream)-/),
];
const errors = [load('openai', 'chat-error-01'), load('openai', 'chat-error-02')];

const upstream = new Upstream([...cases, ...errors]);
const hookscope = new Hookscope();

before(async () => {
    await upstream.start();
    await hookscope.start(['--route', `openai=${upstream.origin}`, '--route', `anthropic=${upstream.origin}`]);
});

after(async () => {
    upstream.stop();
    await hookscope.stop();
});

// A client of the provider's SDK: straight to the upstream, or through the proxy under a sandbox's name.
function client(provider, sandbox) {
    const root = sandbox ? `${hookscope.origin}/~${sandbox}/${provider}` : upstream.origin;
    const options = { apiKey: key, maxRetries: 0, timeout: 20_000 };
    return provider === 'openai' ? new OpenAI({ ...options, baseURL: `${root}/v1` })
                                 : new Anthropic({ ...options, baseURL: root });
}

function requestOf(recorded) {
    const { expected } = recorded;
    const model = expected.request_model ?? expected.model;
    const messages = [{ role: 'user', content: 'Hello' }];
    const fallback = expected.family === 'openai_responses' ? { model, input: 'Hello' }
                                                            : { model, messages, max_tokens: 1000 };
    return { ...(recorded.request ?? fallback), stream: expected.streaming };
}

async function collect(stream) {
    const events = [];
    for await (const event of stream)
        events.push(event);
    return events;
}

// Everything that the SDK makes of the answer: one object, or the list of the stream's events.
async function call(sdk, recorded, headers) {
    const body = requestOf(recorded);
    const options = { headers: { 'x-fixture': recorded.name, ...headers } };
    const create = {
        openai_chat: () => sdk.chat.completions.create(body, options),
        openai_responses: () => sdk.responses.create(body, options),
        anthropic: () => sdk.messages.create(body, options),
    }[recorded.expected.family];
    const answer = await create();
    return recorded.expected.streaming ? collect(answer) : answer;
}

// The usage statement in what the SDK returned, as the provider's documentation says to read it.
function statedUsage(family, answer) {
    if (!Array.isArray(answer))
        return answer.usage ?? null;
    if (family === 'openai_chat')
        return answer.findLast((chunk) => chunk.usage)?.usage ?? null;
    if (family === 'openai_responses')
        return answer.findLast((event) => event.response?.usage)?.response.usage ?? null;
    const stated = answer.filter((event) => event.type === 'message_start' || event.type === 'message_delta')
        .map((event) => event.usage ?? event.message?.usage ?? {});
    // The later statement is cumulative; what it leaves out or nulls, the earlier one said.
    return Object.assign({}, ...stated.map((usage) =>
        Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null))));
}

// A provider's statement in the grammar of the events.
function tokensOf(family, usage) {
    if (!usage)
        return { input: null, output: null, cacheRead: null, cacheWrite: null, reasoning: null };
    if (family === 'openai_chat') {
        return {
            input: usage.prompt_tokens,
            output: usage.completion_tokens,
            cacheRead: usage.prompt_tokens_details?.cached_tokens ?? null,
            cacheWrite: usage.prompt_tokens_details?.cache_write_tokens ?? null,
            reasoning: usage.completion_tokens_details?.reasoning_tokens ?? null,
        };
    }
    if (family === 'openai_responses') {
        return {
            input: usage.input_tokens,
            output: usage.output_tokens,
            cacheRead: usage.input_tokens_details?.cached_tokens ?? null,
            cacheWrite: usage.input_tokens_details?.cache_write_tokens ?? null,
            reasoning: usage.output_tokens_details?.reasoning_tokens ?? null,
        };
    }
    const cacheRead = usage.cache_read_input_tokens ?? null;
    const cacheWrite = usage.cache_creation_input_tokens ?? null;
    return {
        input: usage.input_tokens + (cacheRead ?? 0) + (cacheWrite ?? 0),
        output: usage.output_tokens,
        cacheRead,
        cacheWrite,
        reasoning: usage.output_tokens_details?.thinking_tokens ?? null,
    };
}

function tokensOfEvent(event) {
    const total = event.input_tokens === null || event.output_tokens === null
        ? null : event.input_tokens + event.output_tokens;
    assert.equal(event.total_tokens, total);
    return {
        input: event.input_tokens,
        output: event.output_tokens,
        cacheRead: event.cache_read_tokens,
        cacheWrite: event.cache_write_tokens,
        reasoning: event.reasoning_tokens,
    };
}

function tokensExpected({ expected }) {
    return {
        input: expected.input_tokens,
        output: expected.output_tokens,
        cacheRead: expected.cache_read_tokens,
        cacheWrite: expected.cache_write_tokens,
        reasoning: expected.reasoning_tokens,
    };
}

function only(list) {
    assert.equal(list.length, 1, JSON.stringify(list));
    return list[0];
}

// What a client sends, less what belongs to the connection or names the call in this test.
function comparable({ path, headers, body }) {
    const { host, connection, 'x-tag': tag, ...rest } = headers;
    return { path, headers: rest, body: body.toString() };
}

function rawPost(url, headers, body) {
    return new Promise((resolve, reject) => {
        const request = httpRequest(url, { method: 'POST', headers }, async (response) => {
            const pieces = [];
            try {
                for await (const piece of response)
                    pieces.push(piece);
                resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) });
            } catch (error) {
                reject(error);
            }
        });
        request.on('error', reject);
        request.end(body);
    });
}

test('there are recordings of every kind', () => {
    for (const family of ['openai_chat', 'openai_responses', 'anthropic']) {
        for (const streaming of [false, true])
            assert.ok(cases.some(({ expected }) => expected.family === family && expected.streaming === streaming));
    }
});

for (const recorded of cases) {
    const { provider, name, expected } = recorded;
    const family = expected.family;

    test(`${provider} ${name}: the client cannot tell, and the numbers are its own`, async () => {
        const direct = await call(client(provider), recorded, { 'x-tag': `direct-${name}` });
        const sandbox = `sdk-${provider}-${name}`;
        const proxied = await call(client(provider, sandbox), recorded, { 'x-tag': sandbox });
        assert.deepEqual(proxied, direct);

        const asked = only(upstream.requests.filter(({ tag }) => tag === sandbox));
        assert.deepEqual(comparable(asked), comparable(only(upstream.requests.filter(({ tag }) => tag === `direct-${name}`))));

        const { request, calls, end, count } = await hookscope.exchange(sandbox);
        assert.equal(count, 3);
        assert.equal(end.status, 200);
        assert.equal(end.error, undefined);
        assert.equal(end.request_bytes, asked.body.length);
        assert.equal(end.response_bytes, recorded.body.length);
        assert.equal(request.id, end.id);
        assert.equal(request.status, null);

        const event = only(calls);
        assert.equal(event.id, end.id);
        assert.equal(event.provider, provider);
        assert.equal(event.method, 'POST');
        assert.equal(event.host, '127.0.0.1');
        assert.equal(event.path, recorded.path);
        assert.equal(event.status, 200);
        assert.equal(event.model, expected.model);
        assert.equal(event.streaming, expected.streaming);
        assert.equal(event.usage, expected.usage_present ? 'reported' : 'missing');
        assert.equal(event.error, undefined);
        assert.ok(event.duration_ms >= event.latency_ms);
        if (expected.streaming)
            assert.ok(event.ttft_ms === null || event.ttft_ms >= event.latency_ms);

        assert.deepEqual(tokensOfEvent(event), tokensExpected(recorded));
        const usage = statedUsage(family, proxied);
        // With iterations the statement leaves calls out that are billed; the event counts them.
        if (!usage?.iterations)
            assert.deepEqual(tokensOfEvent(event), tokensOf(family, usage));
    });

    test(`${provider} ${name}: the bytes are the recording's`, async () => {
        const body = JSON.stringify(requestOf(recorded));
        const headers = { 'content-type': 'application/json', 'x-api-key': key, 'x-fixture': name };
        const through = await rawPost(`${hookscope.origin}/~raw-${name}/${provider}${recorded.path}`, headers, body);
        assert.equal(through.status, 200);
        assert.ok(through.body.equals(recorded.body));
        const direct = await rawPost(upstream.origin + recorded.path, headers, body);
        for (const answer of [through, direct]) {
            delete answer.headers.date;
            delete answer.headers.connection;
            delete answer.headers['keep-alive'];
        }
        assert.deepEqual(through.headers, direct.headers);
    });
}

for (const recorded of errors) {
    test(`openai ${recorded.name}: an error is the SDK's error, and keeps model and status`, async () => {
        const failure = (sdk) => call(sdk, recorded, {}).then(() => assert.fail('no error'), (error) => error);
        const direct = await failure(client('openai'));
        const sandbox = `sdk-${recorded.name}`;
        const proxied = await failure(client('openai', sandbox));
        assert.ok(proxied instanceof OpenAI.APIError, String(proxied));
        assert.equal(proxied.status, recorded.status);
        assert.equal(proxied.message, direct.message);
        assert.deepEqual(proxied.error, direct.error);

        const event = only((await hookscope.exchange(sandbox)).calls);
        assert.equal(event.status, recorded.status);
        assert.equal(event.model, recorded.expected.request_model);
        assert.equal(event.usage, 'missing');
        assert.deepEqual(tokensOfEvent(event), tokensOf('openai_chat', null));
    });
}

test('a stream that is cut reaches the client cut, and what was stated until then is kept', async () => {
    const recorded = load('anthropic', 'messages-stream-cache-read-01');
    const cut = recorded.body.indexOf('event: message_delta');
    assert.ok(cut > 0);
    const headers = { 'x-fixture': recorded.name, 'x-cut-after': String(cut) };
    const stream = await client('anthropic', 'sdk-cut').messages.create(requestOf(recorded), { headers });
    await assert.rejects(collect(stream));

    const { calls, end } = await hookscope.exchange('sdk-cut');
    const event = only(calls);
    assert.equal(event.usage, 'partial');
    assert.equal(event.input_tokens, recorded.expected.input_tokens);
    assert.equal(event.cache_read_tokens, recorded.expected.cache_read_tokens);
    assert.equal(end.response_bytes, cut);
    assert.equal(typeof end.error, 'string');
});

test('a client that leaves a stream does not disturb the next one', async () => {
    const recorded = load('openai', 'chat-stream-cached-01');
    const sdk = client('openai', 'sdk-leaves');
    const stream = await sdk.chat.completions.create(requestOf(recorded), { headers: { 'x-fixture': recorded.name } });
    for await (const chunk of stream) {
        assert.ok(chunk.id);
        break;
    }
    await hookscope.exchange('sdk-leaves');

    const whole = await call(client('openai', 'sdk-after'), recorded, {});
    assert.deepEqual(whole, await call(client('openai'), recorded, {}));
    const event = only((await hookscope.exchange('sdk-after')).calls);
    assert.deepEqual(tokensOfEvent(event), tokensExpected(recorded));
});

test('session and request id are those of the agent and the provider', async () => {
    const recorded = { ...load('anthropic', 'messages-json-cache-read-01') };
    const named = { ...recorded, name: 'named', headers: [...recorded.headers.filter(([field]) => !/request-id/i.test(field)),
                                                          ['request-id', 'req_011CabcDEF']] };
    upstream.cases.set('named', named);
    await call(client('anthropic', 'sdk-session'), named, { 'x-claude-code-session-id': '6f9a1c22-session' });
    const event = only((await hookscope.exchange('sdk-session')).calls);
    assert.equal(event.session, '6f9a1c22-session');
    assert.equal(event.request_id, 'req_011CabcDEF');
});

test('sixty calls at once keep their own numbers', async () => {
    const calls = Array.from({ length: 60 }, (_, index) => ({ index, recorded: cases[index % cases.length] }));
    await Promise.all(calls.map(({ index, recorded }) =>
        call(client(recorded.provider, `many-${index}`), recorded, {})));
    for (const { index, recorded } of calls) {
        const { calls: events, count } = await hookscope.exchange(`many-${index}`);
        assert.equal(count, 3);
        assert.deepEqual(tokensOfEvent(only(events)), tokensExpected(recorded));
        assert.equal(only(events).model, recorded.expected.model);
    }
});

test('a request without a sandbox has the label of the command line', async () => {
    const recorded = load('openai', 'chat-json-cached-01');
    const sdk = new OpenAI({ apiKey: key, maxRetries: 0, baseURL: `${hookscope.origin}/openai/v1` });
    await call(sdk, recorded, {});
    const event = only((await hookscope.exchange('local')).calls);
    assert.deepEqual(tokensOfEvent(event), tokensExpected(recorded));
});

// Last: all that was printed until here, on both streams.
test('no credential was printed', () => {
    assert.ok(hookscope.output.includes('[proxy:llm] sdk-anthropic-'));
    assert.ok(!hookscope.output.includes(key), 'the key is in the output');
    assert.ok(!hookscope.output.includes(Buffer.from(key).toString('base64').replace(/=+$/, '')));
});

test('it stops as asked', async () => {
    assert.equal(await hookscope.stop(), 0);
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
