import type { Server } from 'node:http';

/** How long a running request may take to end before its connection is cut. */
const GRACE_MILLIS = 10_000;

/** A connection that falls idle while closing is let go at this pace; Node only lets go of those idle from the start. */
const IDLE_CHECK_MILLIS = 50;

/** Takes no new connections, waits for running requests, and cuts those that do not end. */
export async function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  const letGo = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MILLIS);
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MILLIS);
  try {
    await promise;
  } finally {
    clearInterval(letGo);
    clearTimeout(cut);
  }
}
