import { PhotoorgError } from '@photoorg/errors';

/**
 * The folder of an open embedded database is no longer this program's: another one took it over, or the folder is gone.
 *
 * @example
 * ```ts
 * if (error instanceof LibraryLockLostError) console.error('another program has the library now: open it again to go on');
 * ```
 */
export class LibraryLockLostError extends PhotoorgError<'LIBRARY_LOCK_LOST'> {
  constructor(folder: string, loss: string) {
    super({
      code: 'LIBRARY_LOCK_LOST',
      message: `The photo library in ${folder} was open here and no longer belongs to this program: ${loss}.`,
      remedy:
        'Close this library and open it again. What was acknowledged is saved; look whether the change that met this error is there. To share a library between machines, use a PostgreSQL server (DATABASE_URL).',
    });
  }
}

/**
 * The folder lies on a file system that other machines reach too.
 *
 * @example
 * ```ts
 * if (error instanceof NetworkFolderError) console.error('name a folder on a disk of this machine; the photos may stay on the share');
 * ```
 */
export class NetworkFolderError extends PhotoorgError<'NETWORK_FOLDER'> {
  constructor(folder: string, fileSystem: string) {
    super({
      code: 'NETWORK_FOLDER',
      message: `The folder ${folder} lies on a network file system (${fileSystem}), where a database may lose what it was told to keep.`,
      remedy:
        'Keep the library on a disk of this machine (the photos may stay where they are), or use a PostgreSQL server (DATABASE_URL). If no other machine ever opens it, allow it with allowNetworkFolder: true or PHOTOORG_ALLOW_NETWORK_FOLDER=1.',
    });
  }
}
