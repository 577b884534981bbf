import { hashFile } from './files/hash-file.ts';
import { absolutePath } from './files/photo-path.ts';
import { walkFiles } from './files/walk-files.ts';
import { extensionOf, hasPhotoExtension } from './formats/sniff-format.ts';
import { IngestError } from './ingest-error.ts';
import { readPhotoMetadata } from './metadata/read-photo-metadata.ts';
import type { FileEntry, ScanItem, ScanStage } from './scanned-photo.ts';

export interface ScanPhotosOptions {
  /** The folder to scan. */
  root: string;
  exif?: boolean;
  concurrency?: number;
  isUnchanged?: (file: FileEntry) => boolean | Promise<boolean>;
  isKnownContent?: (sha256: Uint8Array) => boolean | Promise<boolean>;
  signal?: AbortSignal;
}

/** Scans a tree of photos. */
export async function* scanPhotos(options: ScanPhotosOptions): AsyncGenerator<ScanItem, void, undefined> {
  const failures: ScanItem[] = [];
  const onError = (file: { root: string; path: string; pathBytes: Uint8Array }, error: IngestError) =>
    failures.push({ kind: 'error', file, stage: 'walk', error });
  for await (const file of walkFiles({ root: options.root, signal: options.signal, onError })) {
    yield* failures.splice(0);
    if (hasPhotoExtension(file.path)) yield await scanFile(file, options);
  }
  yield* failures;
}

async function scanFile(file: FileEntry, options: ScanPhotosOptions): Promise<ScanItem> {
  let stage: ScanStage = 'hash';
  try {
    if (await options.isUnchanged?.(file)) return { kind: 'unchanged', file };
    const path = absolutePath(file);
    const sha256 = await hashFile(path, { signal: options.signal });
    if (await options.isKnownContent?.(sha256)) return { kind: 'known', file, sha256 };
    stage = 'metadata';
    const metadata = await readPhotoMetadata(path, { signal: options.signal });
    const { root, path: relative, pathBytes, size, mtimeNs, inode, modifiedAt, createdAt } = file;
    const photo = {
      ...metadata,
      sha256,
      phash: null,
      ext: extensionOf(file.path),
      filesize: size,
      createdAt,
      modifiedAt,
      thumbhash: null,
      file: { root, path: relative, pathBytes, size, mtimeNs, inode },
    };
    return { kind: 'photo', file, photo };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (IngestError.isInstance(error)) return { kind: 'error', file, stage, error };
    return { kind: 'error', file, stage, error: new IngestError('IMAGE_CORRUPT', `Cannot read ${file.path}.`, { cause: error }) };
  }
}
