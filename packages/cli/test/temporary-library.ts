import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryLibrary extends AsyncDisposable {
  /** Folder for anything a test makes. */
  readonly folder: string;
  /** The flags that name the library. */
  readonly flags: readonly string[];
}

/** A library of its own: on the server of TEST_DATABASE_URL when that is set, else embedded in a folder. */
export async function temporaryLibrary(): Promise<TemporaryLibrary> {
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-cli-'));
  const server = process.env.TEST_DATABASE_URL;
  return {
    folder,
    flags: server ? ['--database', server, '--library', `cli-${randomUUID()}`] : ['--database', join(folder, 'library')],
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
