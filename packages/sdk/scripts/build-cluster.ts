/**
 * Makes the empty, migrated cluster that new embedded libraries start from, unless it is there. Part of the package, not of the repository.
 *
 *   npm run cluster -w @photoorg/sdk
 */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { clusterTemplateFile } from '../src/database/embedded/cluster-template.ts';
import { openMemoryDatabase } from '../src/database/embedded/open-embedded-database.ts';
import { migrateSchema } from '../src/schema/migrate.ts';

/** Higher takes minutes for a tenth less. */
const QUALITY = 9;

const file = await clusterTemplateFile();
if (!file) throw new Error('PGlite is not installed.');
if (!existsSync(file)) {
  const database = await openMemoryDatabase();
  await migrateSchema(database.db);
  const tar = await database.embedded.dump();
  await database.close();
  const compressed = await promisify(brotliCompress)(tar, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
  await rm(dirname(file), { recursive: true, force: true });
  await mkdir(dirname(file));
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, compressed);
  await rename(unfinished, file);
  console.error(`Built ${file.split(/[\\/]/).at(-1)} (${(compressed.length / 1e6).toFixed(1)} MB)`);
}
