import type { PhotoFile } from './photos.ts';

/** What a run found that had become of a file. */
export interface FileEvent {
  /** `edited`: other content in the same file (inode), or another state of the same picture; `replaced`: another file under the same path. */
  kind: 'copied' | 'moved' | 'edited' | 'replaced' | 'missing' | 'restored';
  /** Where it was (moved), or where the same content lay already (copied, replaced). */
  otherPath: string | null;
  /** The photo that the path held before (edited, replaced); null when that photo went on with the new content. */
  otherPhotoId: string | null;
  runId: string | null;
  at: Date;
}

/** A file with its photo and its past. */
export interface FileStory extends PhotoFile {
  photoId: string;
  /** As in `Photo`; null for a RAW file or a film beside its picture. */
  pictureError: string | null;
  addedAt: Date;
  /** Other places of the same content, for people. */
  copies: string[];
  /** Oldest first. */
  events: FileEvent[];
  /** The same in sentences, oldest first: how it came to be here, what it holds now, and what became of it. */
  explanation: string[];
}

/** What a file holds, compared with what was indexed. */
export interface VerifiedFile {
  fileId: string;
  photoId: string;
  root: string;
  path: string;
  /** The bytes to hand to `fs`; wrap them in a Buffer. */
  absolutePath: Uint8Array;
  /** `damaged`: other content though nobody seems to have written to it; `changed`: written to since it was indexed. */
  state: 'intact' | 'damaged' | 'changed' | 'missing' | 'unreadable';
  /** What is wrong, and what to do about it; null for an intact file. */
  reason: string | null;
}

export interface VerifyFilesOptions {
  /** Files at these absolute paths or in these folders; default: all. */
  paths?: readonly string[];
  /** Verify so many of them alone, drawn at random: a little every night finds what a disk loses. */
  sample?: number;
  signal?: AbortSignal;
}

/** Where photos lie, and why. */
export interface Files {
  /**
   * Files by path, all of them unless told which: those of a photo, and those at absolute paths or in folders.
   *
   * @example
   * ```ts
   * for await (const file of library.files.iterate({ paths: ['/photos/2019'] })) console.log(file.path, file.explanation.at(-1));
   * ```
   */
  iterate(options?: { photoId?: string; paths?: readonly string[]; signal?: AbortSignal }): AsyncIterable<FileStory>;
  /**
   * Reads pictures and RAW files that should be there, and compares them with the hashes by which they are known. Changes nothing.
   *
   * @throws {InvalidInputError} for a sample that is no whole number from 1
   * @example
   * ```ts
   * for await (const { state, path, reason } of library.files.verify({ sample: 1_000 })) if (state !== 'intact') console.log(path, reason);
   * ```
   */
  verify(options?: VerifyFilesOptions): AsyncIterable<VerifiedFile>;
}
