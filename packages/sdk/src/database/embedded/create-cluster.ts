import { existsSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmbeddedClient } from './embedded-client.ts';

/**
 * Makes the PostgreSQL cluster of a folder unless it is there: aside, and renamed into place when it is whole, so that a kill or a
 * power cut leaves either no cluster or a good one.
 */
export async function createCluster(dataFolder: string, durability: 'full' | 'relaxed'): Promise<void> {
  if (existsSync(dataFolder)) return;
  const unfinished = `${dataFolder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const client = new EmbeddedClient({ dataFolder: unfinished, durability, template: null });
  await client.start();
  await client.close();
  if (durability === 'full') await syncTree(unfinished);
  await rename(unfinished, dataFolder);
  if (durability === 'full') await syncPath(dirname(dataFolder));
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(path);
    else await syncPath(path);
  }
  await syncPath(folder);
}

async function syncPath(path: string): Promise<void> {
  // Windows opens no directories, and its rename is durable by itself.
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (process.platform === 'win32') return null;
    throw error;
  });
  if (!handle) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
