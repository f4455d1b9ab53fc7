// The built binary, headless, on a free port; its events as they come.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const patienceMs = 20_000;

export class Hookscope {
    constructor() {
        this.events = [];
        this.output = '';
        this.waiting = new Set();
    }

    async start(options, settings = {}) {
        this.folder = mkdtempSync(join(tmpdir(), 'hookscope-clients-'));
        const config = join(this.folder, 'config');
        mkdirSync(config, { mode: 0o700 });
        writeFileSync(join(config, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
        const folders = ['--config-dir', config, '--data-dir', join(this.folder, 'data')];
        this.child = spawn(process.env.HOOKSCOPE_BINARY,
            ['--headless', '--listen', '127.0.0.1:0', ...folders, ...options],
            { stdio: ['ignore', 'pipe', 'pipe'] });
        this.exited = once(this.child, 'exit');
        createInterface({ input: this.child.stdout }).on('line', (line) => this.take(line));
        this.origin = await this.listening();
    }

    listening() {
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`no listening line:\n${this.output}`)), patienceMs);
            this.exited.then(([code]) => reject(new Error(`hookscope ended with ${code}:\n${this.output}`)));
            createInterface({ input: this.child.stderr }).on('line', (line) => {
                this.output += line + '\n';
                const match = line.match(/^hookscope: proxy listening on (http:\/\/127\.0\.0\.1:\d+)$/);
                if (match) {
                    clearTimeout(timer);
                    resolve(match[1]);
                }
            });
        });
    }

    take(line) {
        this.output += line + '\n';
        this.events.push(JSON.parse(line));
        for (const check of this.waiting)
            check();
    }

    // The events of a sandbox, once those that end its exchanges are there, of which there are `ends`.
    exchange(sandbox, ends = 1) {
        return new Promise((resolve, reject) => {
            let timer = null;
            const check = () => {
                const own = this.events.filter((event) => event.sandbox === sandbox);
                const ended = own.filter((event) => !('provider' in event) && event.event === 'on_response');
                if (ended.length < ends)
                    return;
                clearTimeout(timer);
                this.waiting.delete(check);
                resolve({
                    request: own.find((event) => event.event === 'on_request'),
                    calls: own.filter((event) => 'provider' in event),
                    end: ended.at(-1),
                    count: own.length,
                });
            };
            timer = setTimeout(() => {
                this.waiting.delete(check);
                reject(new Error(`no end of the exchange of ${sandbox}:\n${this.output.slice(-4000)}`));
            }, patienceMs);
            this.waiting.add(check);
            check();
        });
    }

    // The exit code after SIGTERM.
    async stop() {
        this.child.kill('SIGTERM');
        const timer = setTimeout(() => this.child.kill('SIGKILL'), patienceMs);
        const [code] = await this.exited;
        clearTimeout(timer);
        rmSync(this.folder, { recursive: true, force: true });
        return code;
    }
}
