import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { openMemoryDatabase } from '../database/embedded/open-embedded-database.ts';
import { migrateSchema } from '../schema/migrate.ts';
import { migrations } from '../schema/migrations/index.ts';

/** Names a migrated database: a change of any migration gives another name. */
export const schemaFingerprint = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16);

/** node_modules/.cache, where tools keep what can be made again. */
const cacheFolder = join(dirname(findPackageJSON('@electric-sql/pglite', import.meta.url)!), '../../.cache/photoorg');

/** A migrated embedded database as a tar, made once per schema: starting from it takes a third of the time of a new one. */
export async function migratedTemplate(): Promise<Uint8Array> {
  const file = join(cacheFolder, `migrated-${schemaFingerprint}.tar`);
  const cached = await readFile(file).catch(() => null);
  if (cached) return new Uint8Array(cached);
  const database = await openMemoryDatabase();
  await migrateSchema(database.db);
  const template = await database.embedded.dump();
  await database.close();
  await mkdir(cacheFolder, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, template);
  await rename(unfinished, file);
  return template;
}
