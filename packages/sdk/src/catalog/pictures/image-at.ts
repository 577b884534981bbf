import { readFile } from 'node:fs/promises';

/** The path, or for a name that is not UTF-8, and hence no string, the bytes of the file. */
export async function imageAt(pathBytes: Uint8Array): Promise<string | Uint8Array> {
  const path = Buffer.from(pathBytes);
  const text = path.toString();
  return Buffer.from(text).equals(path) ? text : readFile(path);
}
