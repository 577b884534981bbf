import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiOptions, createApi } from '../create-api.ts';
import { checkExposure, isWildcard } from './check-exposure.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from './default-address.ts';
import { serverCloser } from './server-closer.ts';
import { ServerStartError } from './server-start-error.ts';

/** How a terminal and a supervisor ask a process to end. A second one finds no handler and ends it at once. */
const signals = ['SIGINT', 'SIGTERM'] as const;

/** Longer than any answer takes, shorter than supervisors wait before they kill (Docker: 10 s after SIGTERM by default). */
const GRACE_MILLIS = 8_000;

export interface ServerOptions extends ApiOptions {
  /** Address to listen on. Default 127.0.0.1: only this machine. */
  host?: string;
  /** Default 4000; 0 takes any free port. */
  port?: number;
  /** Say yes to a host that other machines can reach. It needs an `apiToken` too. */
  allowRemote?: boolean;
  /** Close on SIGINT and SIGTERM. Default true. */
  closeOnSignals?: boolean;
  /** How long running requests may take to end once the server closes. Default 8,000. */
  graceMillis?: number;
}

export interface RunningServer {
  /** For a browser on this machine: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new requests, lets the running ones end, then closes the library. */
  close(): Promise<void>;
  /** Settles when the server has closed, whoever closed it. */
  readonly closed: Promise<void>;
}

/**
 * Serves a library over HTTP until it is closed, and owns the library from then on.
 *
 * ```ts
 * const server = await startServer({ library: await openPhotoLibrary(), port: 4000 });
 * console.log(server.url);
 * await server.closed;
 * ```
 *
 * Throws ServerStartError with a `code`: PORT_IN_USE, PORT_FORBIDDEN, PORT_INVALID, HOST_UNAVAILABLE, REMOTE_HOST_REFUSED, TOKEN_TOO_SHORT.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const {
    library,
    host = DEFAULT_HOST,
    port = DEFAULT_PORT,
    allowedHosts = [],
    closeOnSignals = true,
    graceMillis = GRACE_MILLIS,
  } = options;
  checkExposure({ ...options, host });
  const server = createServer(
    createApi({ ...options, allowedHosts: isWildcard(host) ? allowedHosts : [...allowedHosts, bracketed(host)] }),
  );
  const closeConnections = serverCloser(server, graceMillis);
  await listen(server, host, port);
  const { promise: closed, resolve, reject } = Promise.withResolvers<void>();
  const close = onlyOnce(() => {
    for (const signal of signals) process.off(signal, close);
    closeConnections()
      .then(() => library.close())
      .then(resolve, reject);
    return closed;
  });
  if (closeOnSignals) for (const signal of signals) process.once(signal, close);
  const bound = (server.address() as AddressInfo).port;
  return { url: `http://${isWildcard(host) ? DEFAULT_HOST : bracketed(host)}:${bound}`, port: bound, close, closed };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw asStartError(error, host, port);
  }
}

function asStartError(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'EADDRINUSE') {
    return new ServerStartError('PORT_IN_USE', `Port ${port} on ${host} is in use.`, {
      remedy: 'Stop what runs there, or set PORT to another.',
      cause,
    });
  }
  if (code === 'ERR_SOCKET_BAD_PORT') {
    return new ServerStartError('PORT_INVALID', `Expected a port from 0 to 65535 but received ${port}.`, { cause });
  }
  if (code === 'EACCES') {
    return new ServerStartError('PORT_FORBIDDEN', `Port ${port} needs more rights than this process has.`, {
      remedy: 'Set PORT to one above 1023.',
      cause,
    });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ServerStartError('HOST_UNAVAILABLE', `This machine has no address ${host}.`, {
      remedy: 'Set HOST to 127.0.0.1 or one of its own.',
      cause,
    });
  }
  return cause;
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host);

function onlyOnce<Result>(action: () => Result): () => Result {
  let done: { result: Result } | null = null;
  return () => {
    done ??= { result: action() };
    return done.result;
  };
}
