// A provider on loopback that speaks websocket: plays the server's part of the recording that the request's
// x-fixture field names, and waits where the client had its turn.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

import { Loopback } from './loopback.mjs';

export class SocketUpstream extends Loopback {
    constructor(cases) {
        super(createServer());
        this.cases = new Map(cases.map((each) => [each.name, each]));
        this.received = new Map(); // by x-tag: what the client sent
        this.sockets = new WebSocketServer({ server: this.server, perMessageDeflate: true });
        this.sockets.on('connection', (socket, request) => this.play(socket, request.headers));
    }

    play(socket, headers) {
        const received = [];
        this.received.set(headers['x-tag'], received);
        const frames = [...this.cases.get(headers['x-fixture']).frames];
        const goOn = () => {
            while (frames[0]?.direction === 'server')
                socket.send(frames.shift().payload);
        };
        socket.on('message', (data) => {
            received.push(data.toString());
            frames.shift();
            goOn();
        });
        goOn();
    }
}
