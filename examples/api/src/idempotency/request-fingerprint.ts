import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 over what makes two requests the same: method, path, sorted query, content type and canonical body. */
export function requestFingerprint(request: Request): string {
  const url = new URL(request.originalUrl, 'http://localhost');
  url.searchParams.sort();
  const contentType = request.get('Content-Type')?.toLowerCase() ?? '';
  const parts = [request.method, url.pathname, url.searchParams.toString(), contentType, canonicalJson(request.body ?? null)];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
