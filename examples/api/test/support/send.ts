import { request } from 'node:http';

export interface Sent {
  method?: string;
  /** Path and query. */
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON, unless it is text or bytes already. */
  body?: unknown;
}

export interface Received {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
  text: string;
  /** The body as JSON; throws when it is none. */
  json<T = Record<string, unknown>>(): T;
}

/** Sends a request exactly as it is written: `fetch` allows neither Host nor Origin nor an odd path. */
export function send(origin: string, { method = 'GET', path, headers = {}, body }: Sent): Promise<Received> {
  const { hostname, port } = new URL(origin);
  const payload = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const contentType: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const { promise, resolve, reject } = Promise.withResolvers<Received>();
  const outgoing = request(
    { agent: false, hostname: hostname.replace(/^\[|\]$/g, ''), port, method, path, headers: { ...contentType, ...headers } },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString('utf8');
        resolve({ status: response.statusCode!, headers: response.headers, bytes, text, json: () => JSON.parse(text) });
      });
    },
  );
  outgoing.on('error', reject);
  outgoing.end(payload);
  return promise;
}
