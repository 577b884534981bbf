import type { StoredResponse } from '@photoorg/sdk';
import type { Response } from 'express';
import type { ImageAnswer } from '../images/images.ts';

/** Answers of the library change with every label: a browser asks again, and gets 304 when nothing did. */
const JSON_CACHE_CONTROL = 'private, no-cache';

export const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';

export function sendStored(response: Response, { status, headers, body }: StoredResponse): void {
  response.status(status).set('Cache-Control', JSON_CACHE_CONTROL).set(headers).send(body);
}

export function sendImage(response: Response, { bytes, mime, etag, cacheControl }: ImageAnswer): void {
  response.set({ 'Content-Type': mime, ETag: etag, 'Cache-Control': cacheControl });
  response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
