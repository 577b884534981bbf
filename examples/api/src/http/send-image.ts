import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import type { ImageAnswer } from '../images/images.ts';
import { byteRange } from './byte-range.ts';

/**
 * Sends an image, the part of it that was asked for, or only that it has not changed. No faster than it is read, so that a slow reader
 * costs no memory; `signal` fires when the reader has gone.
 */
export async function sendImage(
  request: Request,
  response: Response,
  { bytes, mime, etag, cacheControl }: ImageAnswer,
  signal: AbortSignal,
): Promise<void> {
  try {
    response.set({ ETag: etag, 'Cache-Control': cacheControl, 'Accept-Ranges': 'bytes' });
    if (request.fresh) return void response.status(304).end();
    const range = request.method === 'GET' ? byteRange(rangeHeader(request, etag), bytes.size) : null;
    const { start, end } = range ?? { start: 0, end: bytes.size - 1 };
    response.set({ 'Content-Type': mime, 'Content-Length': String(end - start + 1) });
    if (range) response.status(206).set('Content-Range', `bytes ${start}-${end}/${bytes.size}`);
    if (request.method === 'HEAD') return void response.end();
    const sent = await write(bytes.stream({ start, end }), response, signal);
    // A file that was cut short meanwhile: whoever reads must not wait for the rest.
    if (sent < end - start + 1) response.destroy();
    else response.end();
  } finally {
    await bytes.close();
  }
}

/** A part only goes on with a whole of the same content; a time tells nothing about that here. */
function rangeHeader(request: Request, etag: string): string | undefined {
  const condition = request.get('If-Range');
  return condition === undefined || condition === etag ? request.get('Range') : undefined;
}

/** By hand: `pipeline` listens to a response so often that Node warns of a leak. */
async function write(part: Readable, response: Response, signal: AbortSignal): Promise<number> {
  let sent = 0;
  try {
    for await (const chunk of part as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      sent += chunk.byteLength;
      if (!response.write(chunk)) await once(response, 'drain', { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return sent;
}
