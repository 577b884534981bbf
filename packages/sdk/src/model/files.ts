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
  addedAt: Date;
  /** Other places of the same content, for people. */
  copies: string[];
  /** Oldest first. */
  events: FileEvent[];
  /** The same in sentences, oldest first: how it came to be here, what it holds now, and what became of it. */
  explanation: string[];
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
}
