import { Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import { EmbeddedClient } from './embedded/embedded-client.ts';
import { EmbeddedDialect } from './embedded/embedded-dialect.ts';
import type { OpenDatabase } from './open-database.ts';

/** Opens a database that lives in this process's memory only. */
export async function openMemoryDatabase(options: { template?: Uint8Array | null } = {}): Promise<OpenDatabase> {
  const client = new EmbeddedClient({ dataFolder: null, durability: 'relaxed', template: options.template ?? null });
  await client.start();
  const db = new Kysely<Tables>({ dialect: new EmbeddedDialect(client) });
  return { kind: 'embedded', location: 'memory://', db, close: () => db.destroy(), embedded: client };
}
