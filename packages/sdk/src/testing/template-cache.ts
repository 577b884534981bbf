import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { readClusterTemplate } from '../database/embedded/cluster-template.ts';
import { openMemoryDatabase } from '../database/embedded/open-embedded-database.ts';
import { migrateSchema } from '../schema/migrate.ts';
import { schemaFingerprint } from '../schema/schema-fingerprint.ts';

/** node_modules/.cache, where tools keep what can be made again. */
const cacheFolder = join(dirname(findPackageJSON('@electric-sql/pglite', import.meta.url)!), '../../.cache/photoorg');

/** A migrated embedded database as a tar: the package's, or made here once per schema. */
export async function migratedTemplate(): Promise<Uint8Array> {
  const shipped = await readClusterTemplate();
  if (shipped) return shipped;
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
