import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Prepares a server for being closed and returns how: it takes no new connections, lets running requests end, and cuts them
 * after `graceMillis`.
 *
 * Node's own `closeIdleConnections` leaves a connection open that has not sent its first request yet, and browsers open such
 * connections to be quick later.
 */
export function serverCloser(server: Server, graceMillis: number): () => Promise<void> {
  const connections = new Map<Socket, { running: number }>();
  let isClosing = false;

  server.on('connection', (socket: Socket) => {
    connections.set(socket, { running: 0 });
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', ({ socket }: { socket: Socket }, response: ServerResponse) => {
    const connection = connections.get(socket) ?? { running: 0 };
    connection.running += 1;
    response.once('close', () => {
      connection.running -= 1;
      if (isClosing && connection.running === 0) socket.end();
    });
  });

  return async () => {
    isClosing = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    server.close(() => resolve());
    for (const [socket, { running }] of connections) if (running === 0) socket.destroy();
    const cut = setTimeout(() => server.closeAllConnections(), graceMillis);
    await promise;
    clearTimeout(cut);
  };
}
