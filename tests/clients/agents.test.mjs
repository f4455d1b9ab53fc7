// Claude Code and Codex themselves, each with a home of its own and a provider on loopback: what they say that
// they have used must be what the events say. Only if they are installed (see run), for they are large.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { AgentUpstream } from './agentupstream.mjs';
import { Hookscope } from './hookscope.mjs';
import { key } from './stage.mjs';
import { ofEvent, ofResponses, sum } from './tokens.mjs';

const installed = process.env.HOOKSCOPE_AGENTS; // the folder that they are installed in
const skip = installed ? false : 'Claude Code and Codex are 640 MB: HOOKSCOPE_TEST_AGENTS=1 installs and drives them';
const patienceMs = 60_000;

const claude = new AgentUpstream();
const codex = new AgentUpstream();
const hookscope = new Hookscope();
let folder = null;

before(async () => {
    if (skip)
        return;
    folder = mkdtempSync(join(tmpdir(), 'hookscope-agents-'));
    mkdirSync(join(folder, 'work'));
    await Promise.all([claude.start(), codex.start()]);
    await hookscope.start(['--route', `anthropic=${claude.origin}`, '--route', `openai=${codex.origin}`]);
});

after(async () => {
    if (skip)
        return;
    for (const upstream of [claude, codex])
        upstream.stop();
    await hookscope.stop();
    rmSync(folder, { recursive: true, force: true });
});

// Runs an agent until it ends; what it has printed. All but loopback is led to a port where nobody listens.
function run(script, args, environment) {
    const child = spawn(process.execPath, [join(installed, 'node_modules', script), ...args], {
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
                resolve(printed);
            else
                reject(new Error(`it ended with ${code ?? signal}:\n${printed}\n${complaints}`));
        });
    });
}

async function runClaude(sandbox, options) {
    return JSON.parse(await run('@anthropic-ai/claude-code/cli-wrapper.cjs', ['-p', 'hi', '--output-format', 'json', ...options], {
        CLAUDE_CONFIG_DIR: join(folder, 'claude'),
        ANTHROPIC_API_KEY: key,
        ANTHROPIC_BASE_URL: `${hookscope.origin}/~${sandbox}/anthropic`,
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        DISABLE_TELEMETRY: '1',
    }));
}

// What Claude Code says of the whole run.
function ofReport(report) {
    return sum(Object.values(report.modelUsage).map((usage) => ({
        input: usage.inputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens,
        output: usage.outputTokens,
        cacheRead: usage.cacheReadInputTokens,
        cacheWrite: usage.cacheCreationInputTokens,
        reasoning: null,
    })));
}

async function runCodex(name, entry = '') {
    const home = join(folder, name);
    mkdirSync(home);
    writeFileSync(join(home, 'config.toml'), `
model = "gpt-5-codex"
model_provider = "hookscope"
check_for_update_on_startup = false
[analytics]
enabled = false
[model_providers.hookscope]
name = "hookscope"
base_url = "${hookscope.origin}/~${name}/openai/v1"
env_key = "OPENAI_API_KEY"
wire_api = "responses"
${entry}`);
    const printed = await run('@openai/codex/bin/codex.js', ['exec', '--json', '--skip-git-repo-check', 'hi'],
        { CODEX_HOME: home, OPENAI_API_KEY: key });
    return printed.trim().split('\n').map((line) => JSON.parse(line));
}

const events = (list, type) => list.filter((event) => event.type === type);

// What Codex says of the whole turn.
function ofTurn(printed) {
    const { usage } = events(printed, 'turn.completed')[0];
    return { input: usage.input_tokens, output: usage.output_tokens, cacheRead: usage.cached_input_tokens,
             reasoning: usage.reasoning_output_tokens };
}

// The turn went well, and Codex has understood what the provider stated.
function assertAnswered(printed) {
    assert.equal(events(printed, 'item.completed').at(-1).item.text, 'Hello from the upstream');
    const { cacheWrite, ...total } = sum(codex.stated.map(ofResponses));
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
        assert.equal(event.session, events(printed, 'thread.started')[0].thread_id);
    }
}

// Each model has its own prices, by which Claude Code reckons its costs.
for (const model of ['opus', 'sonnet', 'haiku']) {
    test(`Claude Code with ${model}: its usage and its costs are those of the events`, { skip }, async () => {
        claude.reset();
        const sandbox = `claude-${model}`;
        const report = await runClaude(sandbox, ['--model', model]);
        assert.equal(report.is_error, false);
        assert.equal(report.result, 'Hello from the upstream');
        assert.equal(claude.calls.length, 2);

        const { calls } = await hookscope.exchange(sandbox, claude.requests.length);
        assert.equal(calls.length, claude.calls.length);
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
    codex.reset();
    const printed = await runCodex('codex');
    assertAnswered(printed);
    assert.equal(codex.calls.length, 2);
    const { calls } = await hookscope.exchange('codex', codex.requests.length);
    assert.equal(calls.length, codex.calls.length);
    assertTurn(calls, printed);
});

let spoken = [];

test('Codex: a websocket works as if nobody stood between', { skip }, async () => {
    codex.reset();
    spoken = await runCodex('socket', 'supports_websockets = true');
    assertAnswered(spoken);
    assert.equal(codex.handshakes.length, 1);
    assert.equal(codex.handshakes[0].extensions, 'permessage-deflate');
    assert.equal(codex.requests.length, 0);
    assert.equal(codex.completed, 3);
});

test('Codex: each response of a websocket is an event', { skip }, async () => {
    const { calls } = await hookscope.exchange('socket');
    assert.equal(calls.length, codex.completed);
    assertTurn(calls, spoken);
});

test('no credential of an agent was printed', { skip }, () => {
    assert.ok(hookscope.output.includes('[proxy:llm] claude-'));
    assert.ok(!hookscope.output.includes(key));
});
