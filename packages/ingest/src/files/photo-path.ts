import { Buffer } from 'node:buffer';
import { resolve } from 'node:path';
import type { FilePlace } from '../model/scanned-photo.ts';

/** A path for `node:fs`: text, or the bytes of a name that need not be UTF-8. */
export type PhotoPath = string | Buffer;

/** The absolute path of a walked file, byte for byte as the file system has it. */
export function absolutePath(file: FilePlace): Buffer {
  return joinBytes(Buffer.from(resolve(file.root)), file.pathBytes);
}

/** `folder/name`; an empty folder gives the bare name. */
export function joinBytes(folder: Uint8Array, name: Uint8Array): Buffer {
  if (folder.length === 0) return Buffer.from(name);
  const separator = folder.at(-1) === SLASH ? [] : [Buffer.from('/')];
  return Buffer.concat([folder, ...separator, name]);
}

/** A rendering for people and messages. Bytes that are not UTF-8 become U+FFFD. */
export function displayPath(path: string | Uint8Array): string {
  return typeof path === 'string' ? path : Buffer.from(path).toString('utf8');
}

const SLASH = 0x2f;
