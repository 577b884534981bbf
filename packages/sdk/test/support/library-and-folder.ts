import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { PhotoLibrary } from '../../src/index.ts';
import type { LibraryContext } from '../../src/library/library-context.ts';
import { openTestLibrary } from '../../src/testing/index.ts';
import { temporaryFolder } from './photo-folder.ts';

/** What the tests of one file share; read it inside of tests and hooks, where it is there. */
export interface LibraryAndFolder {
  library: PhotoLibrary;
  context: LibraryContext;
  /** A new folder for each test. */
  folder: string;
  /** Empties the library, as before each test. */
  clear(): Promise<void>;
}

/** Registers the hooks that give each test of a file an empty library and an empty folder. */
export function useLibraryAndFolder(): LibraryAndFolder {
  const given = {} as LibraryAndFolder;
  let close: () => Promise<void>;
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    const opened = await openTestLibrary();
    given.library = opened.library;
    given.context = opened.context;
    given.clear = () => opened.clear();
    close = () => opened.close();
  });
  afterAll(() => close());
  beforeEach(async () => {
    await given.clear();
    temporary = await temporaryFolder();
    given.folder = temporary.folder;
  });
  afterEach(() => temporary[Symbol.asyncDispose]());
  return given;
}
