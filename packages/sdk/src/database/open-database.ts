import type { Kysely } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { Tables } from '../schema/tables.ts';
import type { EmbeddedClient } from './embedded/embedded-client.ts';
import { openFolderDatabase, openMemoryDatabase } from './embedded/open-embedded-database.ts';
import { openServerDatabase } from './server/open-server-database.ts';

/** A database that can be talked to; its schema may be of any age. */
export interface OpenDatabase {
  readonly kind: 'embedded' | 'server';
  /** Folder, `memory://` or URL, never with a password. */
  readonly location: string;
  readonly db: Kysely<Tables>;
  /** The embedded database's client; null on a server. */
  readonly embedded: EmbeddedClient | null;
  close(): Promise<void>;
}

/** Other programs write the driver into the scheme, as in `postgresql+psycopg://`; it is the same server. */
const SERVER_URL = /^postgres(?:ql)?(?:\+\w+)?:\/\//i;
const OTHER_URL = /^\w[\w+.-]+:\/\//;

/** Whether `database` can name one at all; it may still not be there. */
export function isDatabaseAddress(database: string): boolean {
  return database === 'memory://' || SERVER_URL.test(database) || (database !== '' && !OTHER_URL.test(database));
}

/** Opens what `database` names: a server's URL, `memory://`, or a folder. */
export async function openDatabase(database: string, durability: 'full' | 'relaxed'): Promise<OpenDatabase> {
  if (!isDatabaseAddress(database)) {
    throw InvalidInputError.expected('a folder, memory:// or a postgresql:// URL', 'database', database);
  }
  if (database === 'memory://') return openMemoryDatabase();
  if (SERVER_URL.test(database)) return openServerDatabase(database.replace(SERVER_URL, 'postgresql://'));
  return openFolderDatabase(database, durability);
}
