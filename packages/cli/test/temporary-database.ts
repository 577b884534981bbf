import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryDatabase extends AsyncDisposable {
  /** Folder for anything the tests make. */
  readonly folder: string;
  /** The server's URL, or the embedded database's folder. */
  readonly database: string;
  /** An empty library of the database, with a folder of its own. */
  newLibrary(): Promise<TemporaryLibrary>;
}

export interface TemporaryLibrary {
  readonly folder: string;
  /** The flags that name the library. */
  readonly flags: readonly string[];
}

/** On the server of TEST_DATABASE_URL when that is set, else embedded in a folder. Making one takes seconds, a library in it none. */
export async function temporaryDatabase(): Promise<TemporaryDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-cli-'));
  const database = process.env.TEST_DATABASE_URL ?? join(folder, 'database');
  return {
    folder,
    database,
    newLibrary: async () => {
      const name = randomUUID();
      await mkdir(join(folder, name));
      return { folder: join(folder, name), flags: ['--database', database, '--library', name] };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
