import type { Buffer } from 'node:buffer';

/** Text whose encoding nobody states: UTF-8 where it is, else Latin-1, which old programs wrote. */
export function decodePlainText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
