// Recorded calls: request, answer, and the numbers that the answer states.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(process.env.HOOKSCOPE_FIXTURES, 'open');

function readJson(folder, file) {
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

// One case. `request` is null where the recording left the body out; `frames` are those of a websocket.
export function load(provider, name) {
    const folder = join(root, provider, name);
    const meta = readJson(folder, 'meta.json');
    const url = new URL(meta.url);
    const answer = readdirSync(folder).find((file) => file.startsWith('response.'));
    const body = readFileSync(join(folder, answer));
    return {
        name,
        provider,
        method: meta.method,
        status: meta.status,
        path: url.pathname,
        query: url.search,
        headers: (meta.response_headers ?? []).filter(([key]) => !/^(content-length|transfer-encoding|connection)$/i.test(key)),
        body,
        frames: answer.endsWith('.frames.jsonl') ? body.toString().trim().split('\n').map((line) => JSON.parse(line)) : null,
        request: existsSync(join(folder, 'request.json')) ? readJson(folder, 'request.json') : null,
        expected: readJson(folder, 'expected.json'),
    };
}

// All cases of a provider whose name matches.
export function loadAll(provider, pattern) {
    return readdirSync(join(root, provider))
        .filter((name) => pattern.test(name))
        .sort()
        .map((name) => load(provider, name));
}
