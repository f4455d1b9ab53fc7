// A provider on loopback: answers with the recording that the request's x-fixture field names, in
// uneven pieces, and remembers what it was asked. A recording may have `answers`, JSON by path, to what a
// client asks besides, and `bodyFor`, which says by the request what the answer is.
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { Loopback } from './loopback.mjs';

export class Upstream extends Loopback {
    // With credentials ({ key, cert }) it speaks TLS.
    constructor(cases, credentials = null) {
        const answer = (request, response) => this.answer(request, response);
        super(credentials ? createTlsServer(credentials, answer) : createServer(answer));
        this.cases = new Map(cases.map((each) => [each.name, each]));
        this.requests = [];
    }

    async answer(request, response) {
        response.sendDate = false; // two answers to compare would differ in it
        const pieces = [];
        for await (const piece of request)
            pieces.push(piece);
        const body = Buffer.concat(pieces);
        this.requests.push({
            tag: request.headers['x-tag'],
            isTls: request.socket.encrypted === true,
            method: request.method,
            path: request.url,
            headers: request.headers,
            body,
        });

        const recorded = this.cases.get(request.headers['x-fixture']);
        if (!recorded) {
            response.writeHead(404, { 'content-type': 'text/plain' }).end('no such recording\n');
            return;
        }
        const aside = recorded.answers?.get(request.url);
        if (aside) {
            response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(aside));
            return;
        }
        const answer = recorded.bodyFor?.(body) ?? recorded.body;
        const cut = Number(request.headers['x-cut-after'] ?? Infinity);
        response.writeHead(recorded.status, recorded.headers.flat());
        const isStream = recorded.expected.streaming;
        const size = isStream ? 317 : answer.length; // no multiple of an event's length
        for (let at = 0; at < Math.min(answer.length, cut); at += size) {
            response.write(answer.subarray(at, Math.min(at + size, cut)));
            await nextTurn();
        }
        if (cut < answer.length) {
            // What was written is on its way before the connection breaks.
            response.write('', () => request.socket.destroy());
            return;
        }
        response.end();
    }
}
