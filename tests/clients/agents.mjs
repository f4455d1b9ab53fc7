// How Claude Code and Codex are started, each with a home of its own, and what they say that they have used.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { key } from './stage.mjs';
import { sum } from './tokens.mjs';

const installed = process.env.HOOKSCOPE_AGENTS; // the folder that they are installed in
export const skip = installed ? false : 'Claude Code and Codex are 640 MB: HOOKSCOPE_TEST_AGENTS=1 installs and drives them';

const script = (path) => join(installed, 'node_modules', path);

// With a base URL, or to the provider's own address.
export function claude(folder, options, baseUrl) {
    return {
        command: [process.execPath, script('@anthropic-ai/claude-code/cli-wrapper.cjs'),
                  '-p', 'hi', '--output-format', 'json', ...options],
        environment: {
            CLAUDE_CONFIG_DIR: join(folder, 'claude'),
            ANTHROPIC_API_KEY: key,
            ...(baseUrl && { ANTHROPIC_BASE_URL: baseUrl }),
            CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
            DISABLE_TELEMETRY: '1',
        },
        read: (printed) => JSON.parse(printed),
    };
}

// What Claude Code says of the whole run.
export function ofReport(report) {
    return sum(Object.values(report.modelUsage).map((usage) => ({
        input: usage.inputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens,
        output: usage.outputTokens,
        cacheRead: usage.cacheReadInputTokens,
        cacheWrite: usage.cacheCreationInputTokens,
        reasoning: null,
    })));
}

// `entry` is a further line of its provider.
export function codex(folder, name, baseUrl, entry = '') {
    const home = join(folder, name);
    mkdirSync(home);
    writeFileSync(join(home, 'config.toml'), `
model = "gpt-5-codex"
model_provider = "tested"
check_for_update_on_startup = false
[analytics]
enabled = false
[model_providers.tested]
name = "tested"
base_url = "${baseUrl}"
env_key = "OPENAI_API_KEY"
wire_api = "responses"
${entry}`);
    return {
        command: [process.execPath, script('@openai/codex/bin/codex.js'), 'exec', '--json', '--skip-git-repo-check', 'hi'],
        environment: { CODEX_HOME: home, OPENAI_API_KEY: key },
        read: (printed) => printed.trim().split('\n').map((line) => JSON.parse(line)),
    };
}

export const eventsOf = (printed, type) => printed.filter((event) => event.type === type);

// What Codex says of the whole turn.
export function ofTurn(printed) {
    const { usage } = eventsOf(printed, 'turn.completed')[0];
    return { input: usage.input_tokens, output: usage.output_tokens, cacheRead: usage.cached_input_tokens,
             reasoning: usage.reasoning_output_tokens };
}
