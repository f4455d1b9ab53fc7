// What an "otlp" hook sends, decoded by OpenTelemetry's own generated protobuf code, its names looked up in
// OpenTelemetry's own list of them, and its numbers compared with what the recordings state.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';

import { HookFile, Receiver } from './deliveries.mjs';
import { load } from './fixtures.mjs';
import { Hookscope } from './hookscope.mjs';
import { Upstream } from './upstream.mjs';

const require = createRequire(`${process.env.HOOKSCOPE_DECODER}/`);
const { opentelemetry } = require('@opentelemetry/otlp-transformer/build/src/generated/root.js');
const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1;
const { ExportMetricsServiceRequest } = opentelemetry.proto.collector.metrics.v1;
const { Span, Status } = opentelemetry.proto.trace.v1;
const { AggregationTemporality } = opentelemetry.proto.metrics.v1;

// The list is of an earlier version than these, which the conventions' repository has.
const newerNames = ['gen_ai.usage.audio.input_tokens', 'gen_ai.usage.audio.output_tokens', 'gen_ai.usage.image.input_tokens'];
const names = new Set([...Object.values(conventions), ...newerNames]);

const cases = [
    ['openai', 'openai', 'chat-stream-usage-01', 'chat'],
    ['openai', 'openai', 'chat-json-reasoning-01', 'chat'],
    ['openai', 'openai', 'chat-json-cached-01', 'chat'],
    ['openai', 'openai', 'chat-stream-no-usage-01', 'chat'],
    ['openai', 'openai', 'chat-error-01', 'chat'],
    ['openai', 'openai', 'responses-stream-reasoning-01', 'chat'],
    ['openai', 'openai', 'completions-stream-usage-01', 'text_completion'],
    ['openai', 'openai', 'embeddings-01', 'embeddings'],
    ['anthropic', 'anthropic', 'messages-json-cache-read-01', 'chat'],
    ['anthropic', 'anthropic', 'messages-stream-cache-write-01', 'chat'],
    ['gemini', 'gemini', 'generate-json-thinking-01', 'generate_content'],
    ['gemini', 'gemini', 'stream-sse-01', 'generate_content'],
    ['mistral', 'mistral', 'chat-json-01', 'chat'],
].map(([folder, route, name, operation]) => ({ ...load(folder, name), route, operation }));

// 64-bit numbers as strings, bytes as hexadecimal digits: OTLP's JSON.
function toJson(type, message) {
    const hex = (value) => {
        if (Array.isArray(value))
            return value.map(hex);
        if (value instanceof Uint8Array)
            return Buffer.from(value).toString('hex');
        return value && typeof value === 'object'
            ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hex(each)])) : value;
    };
    return hex(type.toObject(message, { longs: String }));
}

// The request, through the binary form and back; a key that OTLP does not have would not survive that.
function decoded(type, { body }) {
    const sent = JSON.parse(body);
    const prepared = structuredClone(sent);
    for (const span of prepared.resourceSpans?.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)) ?? []) {
        assert.match(span.traceId, /^[0-9a-f]{32}$/);
        assert.match(span.spanId, /^[0-9a-f]{16}$/);
        span.traceId = Buffer.from(span.traceId, 'hex');
        span.spanId = Buffer.from(span.spanId, 'hex');
    }
    const message = type.decode(type.encode(type.fromObject(prepared)).finish());
    assert.equal(type.verify(message), null);
    assert.deepEqual(toJson(type, message), sent);
    return type.toObject(message, { longs: Number });
}

function valueOf({ stringValue, boolValue, intValue, doubleValue, arrayValue }) {
    return stringValue ?? boolValue ?? intValue ?? doubleValue ?? arrayValue.values.map(valueOf);
}

function attributesOf({ attributes }) {
    const keys = attributes.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length, 'a key is there twice');
    for (const key of keys.filter((each) => !each.startsWith('hookscope.')))
        assert.ok(names.has(key), `${key} is no name of the conventions`);
    return Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));
}

const upstream = new Upstream(cases);
const collector = new Receiver();
const hookscope = new Hookscope();
let hooks;
const begun = Date.now();
let ended;
let spans;
let metrics;

before(async () => {
    await upstream.start();
    await collector.start();
    hooks = new HookFile([{ name: 'team', event: 'on_response',
                            target: { type: 'otlp', url: `${collector.origin}/collect` },
                            headers: { 'X-Tenant': 'blue' } }]);
    const routes = [...new Set(cases.map(({ route }) => route)), 'plain'];
    await hookscope.start([...routes.flatMap((name) => ['--route', `${name}=${upstream.origin}`]),
                           '--hooks', hooks.path]);
    for (const { route, name, method, path, query, request, expected } of cases) {
        const answer = await fetch(`${hookscope.origin}/~${name}/${route}${path}${query}`, {
            method, headers: { 'content-type': 'application/json', 'x-fixture': name },
            body: JSON.stringify(request ?? { model: expected.request_model }),
        });
        await answer.arrayBuffer();
    }
    await (await fetch(`${hookscope.origin}/~page/plain/page?key=sk-canary-0123456789abcdef`)).arrayBuffer();
    await hookscope.exchange('page');
    assert.equal(await hookscope.stop(), 0); // what waits is sent then
    ended = Date.now();

    const to = (path) => collector.received.filter((request) => request.path === path);
    spans = to('/collect/v1/traces').flatMap((request) => decoded(ExportTraceServiceRequest, request).resourceSpans);
    metrics = to('/collect/v1/metrics').map((request) => decoded(ExportMetricsServiceRequest, request).resourceMetrics);
});

after(() => {
    upstream.stop();
    collector.stop();
    hooks?.remove();
});

function spanOf(sandbox) {
    const all = spans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans: list }) => list));
    const own = all.filter((span) => attributesOf(span)['hookscope.sandbox'] === sandbox);
    assert.equal(own.length, 1, sandbox);
    return own[0];
}

test('requests are JSON, have the own headers, and go nowhere else', () => {
    assert.ok(collector.received.length >= 2);
    for (const { method, path, headers } of collector.received) {
        assert.equal(method, 'POST');
        assert.ok(['/collect/v1/traces', '/collect/v1/metrics'].includes(path), path);
        assert.equal(headers['content-type'], 'application/json');
        assert.equal(headers['x-tenant'], 'blue');
    }
});

test('the resource says who exports', () => {
    const ids = [...spans, ...metrics.flat()].map(({ resource }) => {
        const attributes = attributesOf(resource);
        assert.equal(attributes['service.name'], 'hookscope');
        assert.match(attributes['service.version'], /^\d+\.\d+\.\d+$/);
        return attributes['service.instance.id'];
    });
    assert.equal(new Set(ids).size, 1);
});

for (const { name, route, operation, path, status, method, expected } of cases) {
    test(`${route} ${name}: the span has the recording's numbers, in the conventions' words`, () => {
        const span = spanOf(name);
        const attributes = attributesOf(span);
        const model = expected.request_model;
        assert.equal(span.name, model ? `${operation} ${model}` : operation);
        assert.equal(span.kind, Span.SpanKind.SPAN_KIND_CLIENT);
        assert.equal(attributes['gen_ai.operation.name'], operation);
        assert.equal(attributes['gen_ai.provider.name'], expected.otel_provider_name);
        assert.equal(attributes['gen_ai.request.model'], model ?? undefined);
        assert.equal(attributes['gen_ai.response.model'] ?? expected.response_model, expected.response_model);
        if (expected.response_model !== model)
            assert.equal(attributes['gen_ai.response.model'], expected.response_model ?? undefined);
        assert.equal(attributes['gen_ai.request.stream'], expected.streaming || undefined);

        const tokens = {
            'gen_ai.usage.input_tokens': expected.input_tokens,
            'gen_ai.usage.output_tokens': expected.output_tokens,
            'gen_ai.usage.cache_read.input_tokens': expected.cache_read_tokens,
            'gen_ai.usage.cache_creation.input_tokens': expected.cache_write_tokens,
            'gen_ai.usage.reasoning.output_tokens': expected.reasoning_tokens,
        };
        for (const [key, number] of Object.entries(tokens))
            assert.equal(attributes[key], number ?? undefined, key);
        assert.equal(attributes['hookscope.usage'], expected.usage_present ? 'reported' : 'missing');

        assert.equal(attributes['server.address'], '127.0.0.1');
        assert.equal(attributes['server.port'], upstream.port);
        assert.equal(attributes['http.request.method'], method);
        assert.equal(attributes['http.response.status_code'], status);
        assert.equal(attributes['url.path'], path);
        const isFailure = status >= 400;
        assert.equal(attributes['error.type'], isFailure ? String(status) : undefined);
        assert.equal(span.status.code ?? 0, isFailure ? Status.StatusCode?.STATUS_CODE_ERROR ?? 2 : 0);

        const [start, end] = [span.startTimeUnixNano / 1e6, span.endTimeUnixNano / 1e6];
        assert.ok(begun <= start && start <= end && end <= ended + 1, `${begun} ${start} ${end} ${ended}`);
        const [event] = hookscope.events.filter((each) => each.sandbox === name && 'provider' in each);
        assert.equal(attributes['hookscope.exchange_id'], event.id);
        assert.equal(attributes['hookscope.cost_usd'], event.cost_usd ?? undefined);
        assert.equal(Math.floor(end - start + 1e-3), event.duration_ms);
    });
}

test('an answer that is no call is an HTTP span, without the credential in its URL', () => {
    const span = spanOf('page');
    const attributes = attributesOf(span);
    assert.equal(span.name, 'GET');
    assert.equal(attributes['http.response.status_code'], 404);
    assert.equal(attributes['error.type'], '404');
    assert.equal(attributes['url.full'], `${upstream.origin}/page?key=***`);
    assert.ok(!collector.received.some(({ body }) => body.includes('sk-canary')));
});

test('the metrics are the sums of the spans', () => {
    assert.equal(metrics.length, 1);
    const all = metrics[0].flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics: list }) => list));
    const byName = Object.fromEntries(all.map((metric) => [metric.name, metric]));
    assert.deepEqual(Object.keys(byName).sort(),
        [conventions.METRIC_GEN_AI_CLIENT_OPERATION_DURATION, conventions.METRIC_GEN_AI_CLIENT_TOKEN_USAGE].sort());
    assert.equal(byName['gen_ai.client.token.usage'].unit, '{token}');
    assert.equal(byName['gen_ai.client.operation.duration'].unit, 's');
    for (const { histogram } of all) {
        assert.equal(histogram.aggregationTemporality, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        for (const point of histogram.dataPoints) {
            assert.ok(begun <= point.startTimeUnixNano / 1e6 && point.startTimeUnixNano <= point.timeUnixNano);
            assert.ok(point.timeUnixNano / 1e6 <= ended);
            assert.equal(point.bucketCounts.length, point.explicitBounds.length + 1);
            assert.equal(point.bucketCounts.reduce((sum, count) => sum + count), point.count);
        }
    }
    const total = (name, key, wanted) => {
        const points = byName[name].histogram.dataPoints.filter((point) => attributesOf(point)[key] === wanted);
        return { count: points.reduce((sum, { count }) => sum + count, 0), sum: points.reduce((sum, point) => sum + point.sum, 0) };
    };
    for (const type of ['input', 'output']) {
        const stated = cases.map(({ expected }) => expected[`${type}_tokens`]).filter((tokens) => tokens !== null);
        assert.deepEqual(total('gen_ai.client.token.usage', 'gen_ai.token.type', type),
            { count: stated.length, sum: stated.reduce((sum, tokens) => sum + tokens, 0) });
    }
    const failed = cases.filter(({ status }) => status >= 400).length;
    assert.equal(total('gen_ai.client.operation.duration', 'error.type', undefined).count, cases.length - failed);
});
