import { readdir } from 'node:fs/promises';

/** Whether a folder is there with anything in it: an empty one is rather a mount point without its disk. */
export async function holdsSomething(folder: string | Buffer): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.length > 0;
}
