import type { PhotoLibrary } from '@photoorg/sdk';
import { openTestLibrary } from '@photoorg/sdk/testing';
import { createLogger, type ServerOptions, startServer } from '../../src/index.ts';
import { type Received, type Sent, send } from './send.ts';

export interface TestServer extends AsyncDisposable {
  library: PhotoLibrary;
  /** `http://127.0.0.1:54321`. */
  url: string;
  send(sent: Sent): Promise<Received>;
  close(): Promise<void>;
}

/** A server on a free port over an empty library of its own. */
export async function startTestServer(options: Omit<ServerOptions, 'library' | 'port'> = {}): Promise<TestServer> {
  const test = await openTestLibrary();
  const server = await startServer({
    closeOnSignals: false,
    logger: createLogger('silent'),
    ...options,
    library: test.library,
    port: 0,
  });
  const close = async () => {
    await server.close();
    await test.close();
  };
  return { library: test.library, url: server.url, send: (sent) => send(server.url, sent), close, [Symbol.asyncDispose]: close };
}
