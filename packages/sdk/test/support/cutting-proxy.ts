import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Cut {
  /** Text of the statement at which the connection is cut. */
  at: string;
  /** Whether the server still gets the statement: then only its answer is lost. */
  arrives: boolean;
  /** Refuse every later connection, too. */
  forGood?: boolean;
}

export interface CuttingProxy extends AsyncDisposable {
  /** The server's URL, by way of the proxy. */
  url: string;
  /** Cuts one connection, at the next such statement. */
  cut(cut: Cut): void;
  /** How many it has cut. */
  readonly cuts: number;
}

/** A TCP proxy before the server of `serverUrl` that cuts a connection where it is told to. */
export async function startCuttingProxy(serverUrl: string): Promise<CuttingProxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let next: Cut | null = null;
  let refuses = false;
  let cuts = 0;

  const proxy = createServer((client) => {
    if (refuses) return client.destroy();
    const server = connect(Number(target.port), target.hostname);
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    let answers = true;
    client.on('data', (data) => {
      if (!next || !data.includes(next.at)) return void server.write(data);
      const { arrives, forGood = false } = next;
      next = null;
      cuts++;
      refuses = forGood;
      if (!arrives) return end();
      answers = false;
      server.write(data);
    });
    server.on('data', (data) => {
      if (answers) client.write(data);
      else end();
    });
    return undefined;
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');

  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String((proxy.address() as AddressInfo).port);
  return {
    url: url.href,
    cut: (cut) => {
      next = cut;
    },
    get cuts() {
      return cuts;
    },
    async [Symbol.asyncDispose]() {
      proxy.close();
      for (const socket of sockets) socket.destroy();
      await once(proxy, 'close');
    },
  };
}
