import type { StoredResponse } from '@photoorg/sdk';
import type { Response } from 'express';

/** Answers of the library change with every label: a browser asks again, and gets 304 when nothing did. */
const JSON_CACHE_CONTROL = 'private, no-cache';

export const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';

export function sendStored(response: Response, { status, headers, body }: StoredResponse): void {
  response.status(status).set('Cache-Control', JSON_CACHE_CONTROL).set(headers).send(body);
}
