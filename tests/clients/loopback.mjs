// What every upstream of these tests is: a server on a free port of loopback.
import { once } from 'node:events';

export class Loopback {
    constructor(server) {
        this.server = server;
        this.sockets = undefined; // a websocket server on top of it, if there is one
    }

    async start() {
        this.server.listen(0, '127.0.0.1');
        await once(this.server, 'listening');
        this.port = this.server.address().port;
        this.origin = `http://127.0.0.1:${this.port}`;
    }

    stop() {
        for (const socket of this.sockets?.clients ?? [])
            socket.terminate();
        this.server.closeAllConnections();
        this.server.close();
    }
}
