import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { MigrateError } from '../migrate-error.ts';

/** Opens the SQLite file for reading only; nothing is ever written to it. */
export function openSource(file: string): DatabaseSync {
  if (!existsSync(file)) throw new MigrateError('SQLITE_UNREADABLE', `There is no file ${file}.`);
  let source: DatabaseSync | null = null;
  try {
    source = new DatabaseSync(file, { readOnly: true });
    // SQLite looks at a file only when the first statement reads it.
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    return source;
  } catch (cause) {
    source?.close();
    throw new MigrateError('SQLITE_UNREADABLE', `${file} cannot be read as SQLite: ${(cause as Error).message}.`, {
      remedy: 'Expected an SQLite 3 database that no other program is changing.',
      cause,
    });
  }
}
