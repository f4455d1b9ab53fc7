// Where hooks deliver to: a receiver on loopback that keeps what it gets, and the hook set that leads there.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Loopback } from './loopback.mjs';

export class Receiver extends Loopback {
    // `answer` is a function of what was received: { status, body }.
    constructor(answer = () => ({ status: 200, body: '{}' })) {
        super(createServer((request, response) => this.take(request, response)));
        this.received = [];
        this.answer = answer;
    }

    async take(request, response) {
        const pieces = [];
        for await (const piece of request)
            pieces.push(piece);
        const one = { method: request.method, path: request.url, headers: request.headers,
                      body: Buffer.concat(pieces).toString() };
        this.received.push(one);
        this.server.emit('received');
        const { status, body } = this.answer(one);
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }

    // Resolves once there are so many.
    async count(wanted, signal = AbortSignal.timeout(20_000)) {
        while (this.received.length < wanted)
            await once(this.server, 'received', { signal });
        return this.received;
    }
}

// A file with these hooks, for --hooks.
export class HookFile {
    constructor(hooks) {
        this.folder = mkdtempSync(join(tmpdir(), 'hookscope-hooks-'));
        this.path = join(this.folder, 'hooks.json');
        writeFileSync(this.path, JSON.stringify({ name: 'test', hooks }), { mode: 0o600 });
    }

    remove() {
        rmSync(this.folder, { recursive: true, force: true });
    }
}
