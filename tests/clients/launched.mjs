// A command as `hookscope --run` starts it, in folders of its own; what it printed and what the hooks were told.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const patienceMs = 120_000;

function linesOf(file) {
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
}

// Hooks that write what they get into files of the folder.
function writeHooks(folder) {
    const set = join(folder, 'hooks.json');
    writeFileSync(set, JSON.stringify(['on_request', 'on_response'].map((event) =>
        ({ name: event, event, target: { type: 'file', path: join(folder, `${event}.jsonl`) } }))));
    return set;
}

// `environment` is the user's, beside what every command needs.
export async function launch(options, command, environment = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'hookscope-launched-'));
    const ours = ['--config-dir', join(folder, 'config'), '--data-dir', join(folder, 'data'), '--hooks', writeHooks(folder)];
    try {
        const child = spawn(process.env.HOOKSCOPE_BINARY, [...ours, ...options, '--run', '--', ...command], {
            cwd: folder,
            env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', XDG_RUNTIME_DIR: folder,
                   HOOKSCOPE_FIXTURES: process.env.HOOKSCOPE_FIXTURES, ...environment },
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        const out = [];
        const err = [];
        child.stdout.on('data', (data) => out.push(data));
        child.stderr.on('data', (data) => err.push(data));
        const timer = setTimeout(() => child.kill('SIGTERM'), patienceMs);
        const code = await new Promise((resolve, reject) => {
            child.on('error', reject);
            child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
        });
        clearTimeout(timer);
        return {
            code,
            out: Buffer.concat(out),
            err: Buffer.concat(err).toString(),
            requests: linesOf(join(folder, 'on_request.jsonl')),
            responses: linesOf(join(folder, 'on_response.jsonl')),
        };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
