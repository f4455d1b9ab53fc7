// Both providers of the agents on one loopback port, with invented numbers. Each run has two calls: the
// first answer wants a tool, the second one ends the turn.
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { WebSocketServer } from 'ws';

import { Loopback } from './loopback.mjs';

const anthropicUsage = [
    { input_tokens: 1234, cache_creation_input_tokens: 1500, cache_read_input_tokens: 4000, output_tokens: 57,
      cache_creation: { ephemeral_5m_input_tokens: 1100, ephemeral_1h_input_tokens: 400 } },
    { input_tokens: 19, cache_creation_input_tokens: 0, cache_read_input_tokens: 6721, output_tokens: 311,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 } },
];

const openaiUsage = [
    { input_tokens: 900, input_tokens_details: { cached_tokens: 300 },
      output_tokens: 45, output_tokens_details: { reasoning_tokens: 12 }, total_tokens: 945 },
    { input_tokens: 1111, input_tokens_details: { cached_tokens: 896 },
      output_tokens: 77, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 1188 },
];

function messageEvents(model, usage, isFirst) {
    const block = isFirst ? { type: 'tool_use', id: 'toolu_01', name: 'Read', input: {} } : { type: 'text', text: '' };
    const delta = isFirst ? { type: 'input_json_delta', partial_json: '{"file_path":"/nowhere/at/all"}' }
                          : { type: 'text_delta', text: 'Hello from the upstream' };
    const message = { id: isFirst ? 'msg_1' : 'msg_2', type: 'message', role: 'assistant', model, content: [],
                      stop_reason: null, usage: { ...usage, output_tokens: 1 } };
    return [
        { type: 'message_start', message },
        { type: 'content_block_start', index: 0, content_block: block },
        { type: 'content_block_delta', index: 0, delta },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: isFirst ? 'tool_use' : 'end_turn', stop_sequence: null }, usage },
        { type: 'message_stop' },
    ];
}

function responseEvents(model, usage, isFirst) {
    const item = isFirst
        ? { id: 'fc_1', type: 'function_call', call_id: 'call_1', name: 'no_such_tool', arguments: '{}', status: 'completed' }
        : { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed',
            content: [{ type: 'output_text', text: 'Hello from the upstream', annotations: [] }] };
    const response = { id: isFirst ? 'resp_1' : 'resp_2', object: 'response', created_at: 1, model,
                       status: 'completed', output: [item], usage };
    const begun = { ...response, status: 'in_progress', output: [], usage: null };
    return [
        { type: 'response.created', response: begun },
        { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress' } },
        { type: 'response.output_item.done', output_index: 0, item },
        { type: 'response.completed', response },
    ];
}

function warmUpEvents(model) {
    const usage = { input_tokens: 0, input_tokens_details: { cached_tokens: 0 },
                    output_tokens: 0, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 0 };
    const response = { id: 'resp_0', object: 'response', created_at: 1, model, status: 'completed', output: [], usage };
    return [
        { type: 'response.created', response: { ...response, status: 'in_progress', usage: null } },
        { type: 'response.completed', response },
    ];
}

export class AgentUpstream extends Loopback {
    // With credentials ({ key, cert }) it speaks TLS.
    constructor(credentials = null) {
        const answer = (request, response) => this.answer(request, response);
        super(credentials ? createTlsServer(credentials, answer) : createServer(answer));
        this.reset();
        this.sockets = new WebSocketServer({ server: this.server, perMessageDeflate: true });
        this.sockets.on('connection', (socket, request) => this.converse(socket, request));
    }

    // For another run.
    reset() {
        this.requests = []; // all of them
        this.calls = []; // of a model: { head, body }
        this.handshakes = []; // of a websocket
        this.completed = 0; // responses by it, of which Codex counts all but the loading of its prompt
    }

    // What it has stated to Codex.
    get stated() {
        return openaiUsage.slice(0, this.calls.length);
    }

    async answer(request, response) {
        const pieces = [];
        for await (const piece of request)
            pieces.push(piece);
        this.requests.push({ method: request.method, path: request.url, head: request.headers });
        const path = request.url.split('?')[0];
        const isCall = request.method === 'POST' && /\/(messages|responses)$/.test(path);
        if (!isCall) {
            response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[],"models":[]}');
            return;
        }
        const body = JSON.parse(Buffer.concat(pieces));
        const isFirst = this.calls.length === 0;
        this.calls.push({ head: request.headers, body });
        const events = path.endsWith('/messages') ? messageEvents(body.model, anthropicUsage[isFirst ? 0 : 1], isFirst)
                                                  : responseEvents(body.model, openaiUsage[isFirst ? 0 : 1], isFirst);
        response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': `req_${this.calls.length}`,
                                  'x-request-id': `req_${this.calls.length}` });
        for (const event of events)
            response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
        response.end();
    }

    converse(socket, request) {
        this.handshakes.push({ path: request.url, head: request.headers, extensions: socket.extensions });
        socket.on('message', (data) => {
            const message = JSON.parse(data);
            if (message.type !== 'response.create')
                return;
            ++this.completed;
            // Codex first has its prompt loaded, of which it counts nothing.
            if (message.generate === false) {
                for (const event of warmUpEvents(message.model))
                    socket.send(JSON.stringify(event));
                return;
            }
            const isFirst = this.calls.length === 0;
            this.calls.push({ head: request.headers, body: message });
            for (const event of responseEvents(message.model, openaiUsage[isFirst ? 0 : 1], isFirst))
                socket.send(JSON.stringify(event));
        });
    }
}
