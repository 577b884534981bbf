import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Kysely } from 'kysely';
import { NetworkFolderError } from '../../errors/folder-errors.ts';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { Tables } from '../../schema/tables.ts';
import type { OpenDatabase } from '../common/database-handle.ts';
import { createCluster, unfinishedName } from './create-cluster.ts';
import { EmbeddedClient } from './embedded-client.ts';
import { EmbeddedDialect } from './embedded-dialect.ts';
import { explainFolderError } from './explain-folder-error.ts';
import { findFileSystem } from './find-file-system.ts';
import { LOCK_FILE, type LockTiming, lockFolder, TAKEOVER_FILE } from './folder-lock.ts';

/** Holds photos of people's faces: nobody else on the machine may look. */
const PRIVATE_FOLDER_MODE = 0o700;
/** PostgreSQL's own files, below the library's folder. */
const CLUSTER_FOLDER = 'database';

export interface EmbeddedDatabase extends OpenDatabase {
  readonly embedded: EmbeddedClient;
}

export interface FolderDatabaseOptions {
  durability: 'full' | 'relaxed';
  /** Whether the folder may lie where other machines reach it too. Default false. */
  allowNetworkFolder?: boolean;
  lockTiming?: LockTiming;
  signal?: AbortSignal;
}

/** Opens, or makes, the embedded database of a folder, for this process alone. */
export async function openFolderDatabase(folder: string, options: FolderDatabaseOptions): Promise<EmbeddedDatabase> {
  const location = resolve(folder);
  try {
    return await openLocation(location, options);
  } catch (error) {
    throw explainFolderError(error, location);
  }
}

async function openLocation(location: string, options: FolderDatabaseOptions): Promise<EmbeddedDatabase> {
  const { durability, allowNetworkFolder = false, lockTiming, signal } = options;
  if (!allowNetworkFolder) refuseNetworkFolder(location);
  await mkdir(location, { recursive: true, mode: PRIVATE_FOLDER_MODE });
  await refuseForeignFolder(location);
  await chmod(location, PRIVATE_FOLDER_MODE);
  const lock = await lockFolder(location, { timing: lockTiming, signal });
  try {
    const path = join(location, CLUSTER_FOLDER);
    await createCluster(path, durability, lock);
    const client = new EmbeddedClient({ folder: { path, lock: lock.claim }, durability, template: null }, lock.lost);
    const database = await open(client, location);
    return { ...database, close: () => database.close().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens a database that lives in this process's memory only, from a `template` when one is given. */
export async function openMemoryDatabase(template: Uint8Array | null = null): Promise<EmbeddedDatabase> {
  return open(new EmbeddedClient({ folder: null, durability: 'relaxed', template }), 'memory://');
}

async function open(client: EmbeddedClient, location: string): Promise<EmbeddedDatabase> {
  await client.start();
  const db = new Kysely<Tables>({ dialect: new EmbeddedDialect(client) });
  return { kind: 'embedded', location, db, embedded: client, close: () => client.close() };
}

function refuseNetworkFolder(folder: string): void {
  const { type, reach } = findFileSystem(folder);
  if (reach === 'network') throw new NetworkFolderError(folder, type);
}

/** A folder with other things in it was named by mistake, such as the photos themselves. What an opening that was cut off left is ours. */
async function refuseForeignFolder(folder: string): Promise<void> {
  const entries = await readdir(folder);
  if (entries.includes(CLUSTER_FOLDER) || entries.includes(LOCK_FILE)) return;
  if (entries.every((entry) => entry === unfinishedName(CLUSTER_FOLDER) || entry === TAKEOVER_FILE)) return;
  throw new InvalidInputError(`The folder ${folder} holds other files and no photo library.`, {
    remedy: 'Name an empty or a new folder for the database, for example .photoorg.',
  });
}
