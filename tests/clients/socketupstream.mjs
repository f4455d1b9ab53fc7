// A provider on loopback that speaks websocket: plays the server's part of the recording that the request's
// x-fixture field names, and waits where the client had its turn.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

export class SocketUpstream {
    constructor(cases) {
        this.cases = new Map(cases.map((each) => [each.name, each]));
        this.received = new Map(); // by x-tag: what the client sent
        this.server = createServer();
        this.sockets = new WebSocketServer({ server: this.server, perMessageDeflate: true });
        this.sockets.on('connection', (socket, request) => this.play(socket, request.headers));
    }

    async start() {
        this.server.listen(0, '127.0.0.1');
        await once(this.server, 'listening');
        this.origin = `http://127.0.0.1:${this.server.address().port}`;
    }

    stop() {
        for (const socket of this.sockets.clients)
            socket.terminate();
        this.server.close();
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
