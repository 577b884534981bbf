import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { OpenDatabase } from './common/database-handle.ts';
import { readClusterTemplate } from './embedded/cluster-template.ts';
import { type FolderDatabaseOptions, openFolderDatabase, openMemoryDatabase } from './embedded/open-embedded-database.ts';
import { openServerDatabase } from './server/open-server-database.ts';

/** Other programs write the driver into the scheme, as in `postgresql+psycopg://`; it is the same server. */
const SERVER_URL = /^postgres(?:ql)?(?:\+\w+)?:\/\//i;
const OTHER_URL = /^\w[\w+.-]+:\/\//;

/** Whether `database` can name one at all; it may still not be there. */
export function isDatabaseAddress(database: string): boolean {
  return database === 'memory://' || SERVER_URL.test(database) || (database !== '' && !OTHER_URL.test(database));
}

/** Opens what `database` names: a server's URL, `memory://`, or a folder. */
export async function openDatabase(database: string, options: FolderDatabaseOptions): Promise<OpenDatabase> {
  if (!isDatabaseAddress(database)) {
    throw InvalidInputError.expected('a folder, memory:// or a postgresql:// URL', 'database', database);
  }
  if (database === 'memory://') return openMemoryDatabase(await readClusterTemplate());
  if (SERVER_URL.test(database)) return openServerDatabase(database.replace(SERVER_URL, 'postgresql://'));
  return openFolderDatabase(database, options);
}
