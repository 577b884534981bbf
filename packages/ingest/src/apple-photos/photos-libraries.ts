import { Buffer } from 'node:buffer';
import { absolutePath } from '../files/photo-path.ts';
import type { FilePlace } from '../model/scanned-photo.ts';
import { type OpenDatabase, openPhotosDatabase } from './open-photos-database.ts';
import { type PhotosAsset, UNREADABLE } from './photos-asset.ts';
import { assetReader } from './read-assets.ts';

/** An original of a library: `…/Fotos.photoslibrary/originals/A/<UUID>.heic`. */
const ORIGINAL = /^(.+\.photoslibrary)\/originals\/(?:[^/]+\/)*([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\.[^/.]+$/i;

export interface LibraryPhoto {
  /** Absolute path of the library. */
  readonly library: string;
  readonly uuid: string;
  readonly asset: PhotosAsset | typeof UNREADABLE;
}

type Reader = ((uuid: string) => PhotosAsset | null) | typeof UNREADABLE | null;

/** The libraries of Apple Photos that a scan comes through, each opened when its first original is met. */
export class PhotosLibraries implements AsyncDisposable {
  readonly #opened: OpenDatabase[] = [];
  readonly #readers = new Map<string, Reader>();

  /** What the library around a file says of it; null for a file in no library, and one that its library does not know. */
  async find(file: FilePlace): Promise<LibraryPhoto | null> {
    const path = absolutePath(file);
    const [, library, name] = ORIGINAL.exec(path.toString('utf8')) ?? [];
    if (library === undefined || name === undefined || !Buffer.from(path.toString('utf8')).equals(path)) return null;
    const uuid = name.toUpperCase();
    if (!this.#readers.has(library)) this.#readers.set(library, await this.#open(library));
    const read = this.#readers.get(library);
    if (read == null) return null;
    const asset = read === UNREADABLE ? UNREADABLE : orUnreadable(() => read(uuid));
    return asset && { library, uuid, asset };
  }

  /** No library keeps a scan from its photos. */
  async #open(library: string): Promise<Reader> {
    try {
      const opened = await openPhotosDatabase(library);
      if (opened === null) return null;
      this.#opened.push(opened);
      return assetReader(opened.database);
    } catch {
      return UNREADABLE;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const opened of this.#opened.splice(0)) await opened[Symbol.asyncDispose]();
  }
}

function orUnreadable(read: () => PhotosAsset | null): PhotosAsset | typeof UNREADABLE | null {
  try {
    return read();
  } catch {
    return UNREADABLE;
  }
}
