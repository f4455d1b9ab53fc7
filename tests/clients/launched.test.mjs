// What is started by `hookscope --run` and speaks to its provider's own address, which on these runs is a server on
// loopback with a certificate of its own: opened, as a tunnel, and by a base URL. Each time the answers are the
// recordings' bytes, and what Hookscope tells is what the SDKs report.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { makeCertificate } from './certificate.mjs';
import { launch } from './launched.mjs';
import { calls, hosts, ownBaseUrls } from './launchedcalls.mjs';
import { assertEvent, key, only } from './stage.mjs';
import { ofEvent, sum } from './tokens.mjs';
import { Upstream } from './upstream.mjs';

const client = [process.execPath, join(dirname(fileURLToPath(import.meta.url)), 'launchedclient.mjs')];
let folder = null;
let certificate = null;
let upstream = null;
let connections = []; // of the upstream: what each had read and written at its end

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hookscope-upstream-'));
    certificate = makeCertificate(folder, hosts);
    upstream = new Upstream(calls.map(({ recorded }) => recorded), certificate.credentials);
    upstream.server.on('connection', (socket) => connections.push(
        once(socket, 'close').then(() => ({ read: socket.bytesRead, written: socket.bytesWritten }))));
    await upstream.start();
});

after(() => {
    upstream.stop();
    rmSync(folder, { recursive: true, force: true });
});

async function run(options, command, environment) {
    upstream.requests.length = 0;
    connections = [];
    const leading = hosts.flatMap((host) => ['--connect-to', `${host}:443:127.0.0.1:${upstream.port}`]);
    const outcome = await launch(['--audit', '--upstream-ca', certificate.file, ...leading, ...options], command, environment);
    assert.equal(outcome.code, 0, outcome.err);
    assert.ok(!outcome.err.includes(key) && !JSON.stringify(outcome.responses).includes(key), 'the key is in the output');
    return outcome;
}

const isGzip = ({ headers }) => headers.some(([field, value]) => /^content-encoding$/i.test(field) && value === 'gzip');
const isTunnel = ({ method }) => method === 'CONNECT';
const isCall = (event) => 'provider' in event;

// What the SDKs printed, one report a call; each got the recording's bytes.
function reportsOf(outcome) {
    const reports = outcome.out.toString().trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(reports.map(({ name }) => name), calls.map(({ recorded }) => recorded.name));
    reports.forEach(({ bytes }, index) => {
        const { recorded } = calls[index];
        const expected = isGzip(recorded) ? gunzipSync(recorded.body) : recorded.body;
        assert.ok(Buffer.from(bytes, 'base64').equals(expected), `the bytes of ${recorded.name} are others`);
    });
    assert.equal(upstream.requests.length, calls.length);
    assert.ok(upstream.requests.every(({ isTls }) => isTls));
    return reports;
}

const audited = (number) => (number === null ? 'None' : `Some(${number})`);

function auditLine({ sandbox, provider, path, model, input_tokens: input, output_tokens: output, total_tokens: total }) {
    return `[proxy:llm] ${sandbox} ${provider} ${path} model=Some("${model}") `
        + `tokens=(${audited(input)}/${audited(output)}/${audited(total)})`;
}

// Events, audit lines and the last line are those of the calls, whose numbers the SDKs reported.
function assertSeen(outcome, reports) {
    const events = outcome.responses.filter(isCall);
    assert.equal(events.length, calls.length);
    events.forEach((event, index) => {
        const { host, client: { provider }, recorded } = calls[index];
        assertEvent(event, recorded, provider, host);
        assert.equal(event.sandbox, 'node');
        if (reports[index].tokens) // not of every call the SDK says something
            assert.deepEqual(ofEvent(event), reports[index].tokens);

        const asked = upstream.requests[index];
        const end = only(outcome.responses.filter(({ id, provider: of }) => id === event.id && !of));
        assert.equal(end.error, undefined);
        assert.equal(end.request_bytes, asked.body.length);
        assert.equal(end.response_bytes, recorded.body.length);
        assert.equal(end.url.split('?')[0], `https://${host}${recorded.path}`);
        assert.equal(only(outcome.requests.filter(({ id }) => id === event.id)).url, end.url);
    });
    const lines = outcome.err.split('\n').filter((line) => line.startsWith('[proxy:llm]'));
    assert.deepEqual(lines, events.map(auditLine));

    // Some recordings state nothing, so that the sums are lower bounds.
    const requests = outcome.requests.length;
    const { input, output } = sum(events.map(ofEvent));
    const [count, inTokens, outTokens] = [calls.length, input, output].map((number) => number.toLocaleString('en-US'));
    const last = outcome.err.trim().split('\n').at(-1);
    const said = `hookscope: node: ${requests} requests, ${count} LLM calls, ≥ ${inTokens} tokens in, ≥ ${outTokens} out, ≥ $`;
    assert.ok(last.startsWith(said), `${last}\n${said}`);
    const cost = events.reduce((total, { cost_usd: known }) => total + (known ?? 0), 0);
    assert.ok(Math.abs(Number(last.slice(said.length)) - cost) < 0.01, `${last} is not ${cost}`);
}

test('SDKs whose hosts are opened: TLS ends at Hookscope, and all is as without it', async () => {
    const outcome = await run(['--intercept', 'llm'], client);
    assertSeen(outcome, reportsOf(outcome));
    const tunnels = outcome.responses.filter(isTunnel);
    assert.deepEqual(new Set(tunnels.map(({ host }) => host)), new Set(hosts));
    assert.equal(outcome.requests.length, calls.length + tunnels.length);
    for (const { error, request_bytes: sent, response_bytes: received } of tunnels) {
        assert.equal(error, undefined);
        assert.ok(sent > 0 && received > 0);
    }
});

test('SDKs that are told their providers\' addresses: tunnels, of which the bytes are known', async () => {
    const outcome = await run([], client, { ...ownBaseUrls, NODE_EXTRA_CA_CERTS: certificate.file });
    reportsOf(outcome);
    for (const name of Object.keys(ownBaseUrls))
        assert.ok(outcome.err.includes(`${name} is set already and was kept`), outcome.err);
    const tunnels = outcome.responses;
    assert.ok(tunnels.every(isTunnel));
    assert.deepEqual(new Set(tunnels.map(({ host }) => host)), new Set(hosts));
    const ends = await Promise.all(connections);
    const asText = ([sent, received]) => `${sent} ${received}`;
    assert.deepEqual(
        tunnels.map(({ request_bytes: sent, response_bytes: received }) => asText([sent, received])).sort(),
        ends.map(({ read, written }) => asText([read, written])).sort());
    assert.ok(outcome.err.endsWith(`hookscope: node: ${tunnels.length} requests, no LLM call was seen\n`), outcome.err);
});

test('SDKs that are told nothing while nothing is opened: base URLs show them whole', async () => {
    const outcome = await run([], client);
    assertSeen(outcome, reportsOf(outcome));
    assert.ok(!outcome.responses.some(isTunnel));
});

const python = `
import sys, urllib.request
request = urllib.request.Request(sys.argv[1], sys.argv[3].encode(), {"content-type": "application/json", "x-fixture": sys.argv[2]})
sys.stdout.buffer.write(urllib.request.urlopen(request, timeout=20).read())
`;

const others = [
    { program: 'curl', command: (url, name, body) =>
        ['curl', '-sS', '-H', 'content-type: application/json', '-H', `x-fixture: ${name}`, '-d', body, url] },
    { program: 'python3', command: (url, name, body) => ['python3', '-c', python, url, name, body] },
];

for (const { program, command } of others) {
    const isMissing = spawnSync(program, ['--version']).error !== undefined;
    for (const host of hosts) {
        test(`${program} at ${host}: opened, the bytes are the recording's`, { skip: isMissing && `no ${program}` }, async () => {
            const { client: { provider }, recorded } = calls.find(
                (each) => each.host === host && each.recorded.expected.streaming && each.recorded.request);
            const url = `https://${host}${recorded.path}${recorded.query}`;
            const outcome = await run(['--intercept', host], command(url, recorded.name, JSON.stringify(recorded.request)));
            assert.ok(outcome.out.equals(recorded.body));
            assertEvent(only(outcome.responses.filter(isCall)), recorded, provider, host);
        });
    }
}
