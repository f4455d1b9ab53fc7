// Claude Code and Codex themselves, each with a home of its own and a provider on loopback: what they say that
// they have used must be what the events say. Only if they are installed (see run), for they are large.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { claude, codex, eventsOf, ofReport, ofTurn, skip } from './agents.mjs';
import { AgentUpstream } from './agentupstream.mjs';
import { Hookscope } from './hookscope.mjs';
import { key } from './stage.mjs';
import { ofEvent, ofResponses, sum } from './tokens.mjs';

const patienceMs = 60_000;

const anthropic = new AgentUpstream();
const openai = new AgentUpstream();
const hookscope = new Hookscope();
let folder = null;

before(async () => {
    if (skip)
        return;
    folder = mkdtempSync(join(tmpdir(), 'hookscope-agents-'));
    mkdirSync(join(folder, 'work'));
    await Promise.all([anthropic.start(), openai.start()]);
    await hookscope.start(['--route', `anthropic=${anthropic.origin}`, '--route', `openai=${openai.origin}`]);
});

after(async () => {
    if (skip)
        return;
    for (const upstream of [anthropic, openai])
        upstream.stop();
    await hookscope.stop();
    rmSync(folder, { recursive: true, force: true });
});

// Runs an agent until it ends; what it has printed. All but loopback is led to a port where nobody listens.
function run({ command: [program, ...args], environment, read }) {
    const child = spawn(program, args, {
        cwd: join(folder, 'work'),
        env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', HTTPS_PROXY: 'http://127.0.0.1:9',
               HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1', ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    let complaints = '';
    child.stdout.on('data', (data) => { printed += data; });
    child.stderr.on('data', (data) => { complaints += data; });
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
        child.on('error', reject);
        child.on('close', (code, signal) => {
            clearTimeout(timer);
            if (code === 0)
                resolve(read(printed));
            else
                reject(new Error(`it ended with ${code ?? signal}:\n${printed}\n${complaints}`));
        });
    });
}

async function runClaude(sandbox, options) {
    return run(claude(folder, options, `${hookscope.origin}/~${sandbox}/anthropic`));
}

async function runCodex(name, entry) {
    return run(codex(folder, name, `${hookscope.origin}/~${name}/openai/v1`, entry));
}

// The turn went well, and Codex has understood what the provider stated.
function assertAnswered(printed) {
    assert.equal(eventsOf(printed, 'item.completed').at(-1).item.text, 'Hello from the upstream');
    const { cacheWrite, ...total } = sum(openai.stated.map(ofResponses));
    assert.deepEqual(ofTurn(printed), total);
}

function assertTurn(calls, printed) {
    const { cacheWrite, ...total } = sum(calls.map(ofEvent));
    assert.equal(cacheWrite, null);
    assert.deepEqual(total, ofTurn(printed));
    for (const event of calls) {
        assert.equal(event.provider, 'openai');
        assert.equal(event.model, 'gpt-5-codex');
        assert.equal(event.usage, 'reported');
        assert.equal(event.session, eventsOf(printed, 'thread.started')[0].thread_id);
    }
}

// Each model has its own prices, by which Claude Code reckons its costs.
for (const model of ['opus', 'sonnet', 'haiku']) {
    test(`Claude Code with ${model}: its usage and its costs are those of the events`, { skip }, async () => {
        anthropic.reset();
        const sandbox = `claude-${model}`;
        const report = await runClaude(sandbox, ['--model', model]);
        assert.equal(report.is_error, false);
        assert.equal(report.result, 'Hello from the upstream');
        assert.equal(anthropic.calls.length, 2);

        const { calls } = await hookscope.exchange(sandbox, anthropic.requests.length);
        assert.equal(calls.length, anthropic.calls.length);
        for (const event of calls) {
            assert.equal(event.provider, 'anthropic');
            assert.ok(event.model.includes(model), event.model);
            assert.equal(event.session, report.session_id);
            assert.equal(event.usage, 'reported');
            assert.equal(event.streaming, true);
        }
        assert.deepEqual(new Set(calls.map(({ request_id: id }) => id)), new Set(['req_1', 'req_2']));
        assert.deepEqual(sum(calls.map(ofEvent)), ofReport(report));
        const cost = calls.reduce((total, event) => total + event.cost_usd, 0);
        assert.ok(Math.abs(cost - report.total_cost_usd) < 1e-6, `${cost} is not ${report.total_cost_usd}`);
    });
}

test('Codex: its usage is that of the events', { skip }, async () => {
    openai.reset();
    const printed = await runCodex('codex');
    assertAnswered(printed);
    assert.equal(openai.calls.length, 2);
    const { calls } = await hookscope.exchange('codex', openai.requests.length);
    assert.equal(calls.length, openai.calls.length);
    assertTurn(calls, printed);
});

let spoken = [];

test('Codex: a websocket works as if nobody stood between', { skip }, async () => {
    openai.reset();
    spoken = await runCodex('socket', 'supports_websockets = true');
    assertAnswered(spoken);
    assert.equal(openai.handshakes.length, 1);
    assert.equal(openai.handshakes[0].extensions, 'permessage-deflate');
    assert.equal(openai.requests.length, 0);
    assert.equal(openai.completed, 3);
});

test('Codex: each response of a websocket is an event', { skip }, async () => {
    const { calls } = await hookscope.exchange('socket');
    assert.equal(calls.length, openai.completed);
    assertTurn(calls, spoken);
});

test('no credential of an agent was printed', { skip }, () => {
    assert.ok(hookscope.output.includes('[proxy:llm] claude-'));
    assert.ok(!hookscope.output.includes(key));
});
