import { dirname, resolve } from 'node:path';
import type { EmbeddingSpaceToSave, PhotoLibrary } from '@photoorg/sdk';
import { readText } from './convert/read-value.ts';
import type { PhotoFacts } from './convert/to-photo.ts';
import type { CopyJob } from './copy-job.ts';
import type { CopyIssue, CopyProgress, TableCounts } from './copy-report.ts';
import { faceRecognitionSpace } from './face-recognition-space.ts';
import { describeSource } from './source/describe-source.ts';
import { openSource } from './source/open-source.ts';
import { PhotoPlaces } from './source/photo-places.ts';
import { SourceReader } from './source/source-reader.ts';
import { copyLabels } from './steps/copy-labels.ts';
import { copyPeople } from './steps/copy-people.ts';
import { copyPhotos } from './steps/copy-photos.ts';

export interface CopySqliteOptions {
  /** The old library: an SQLite file with the tables photos, faces, people and face_labels. It is only read. */
  sqlite: string;
  /** Where everything goes, embedded or on a server. */
  library: PhotoLibrary;
  /** Primary key by table, where it is neither declared nor called `photo_id`, `face_id`, `person_id`, `label_id` or `id`. */
  pkColumns?: Readonly<Record<string, string>>;
  /** Folder that relative photo paths start from. Default: the folder of the SQLite file. */
  photosFolder?: string;
  /** The space the old embeddings lie in. Default: that of Python face_recognition, 128 numbers. */
  space?: EmbeddingSpaceToSave;
  /** Reads type and size of a photo whose file is there; without it, or when it throws, the old rows must do. */
  readPhotoFacts?: (path: string, options: { signal?: AbortSignal }) => Promise<PhotoFacts>;
  /** Read and check everything, write nothing. */
  dryRun?: boolean;
  /** Photos a transaction. Default 100: a kill costs little, and a transaction's overhead is spread well. */
  batchSize?: number;
  /** Stops between two batches; what is copied stays, and the next run goes on. */
  signal?: AbortSignal;
  onProgress?: (progress: CopyProgress) => void;
  /** Rows and values that could not be copied, as they are met. */
  onIssue?: (issue: CopyIssue) => void;
}

export interface CopySqliteResult {
  /** people, photos, faces, face_labels. */
  tables: TableCounts[];
  /** True when every row was copied, or was there already, with all its values. */
  complete: boolean;
}

const defaultBatchSize = 100;

/**
 * Copies an old photo library from SQLite into a photoorg library: people, photos, faces with their embeddings, labels.
 *
 * A row that cannot be copied is reported with its reason and left in the SQLite file; the rest goes on. A second run adds only
 * what is missing. Throws MigrateError (SQLITE_UNREADABLE, SQLITE_SCHEMA_UNKNOWN) and what the library throws.
 *
 * @example
 * ```ts
 * await using library = await openPhotoLibrary({ database: process.env.DATABASE_URL });
 * const { complete } = await copySqliteToPostgres({ sqlite: 'photos.db', library, onIssue: (issue) => console.warn(issue) });
 * ```
 */
export async function copySqliteToPostgres(options: CopySqliteOptions): Promise<CopySqliteResult> {
  options.signal?.throwIfAborted();
  // 1. Open the file for reading and find out how its tables are laid out.
  const source = openSource(options.sqlite);
  try {
    const layout = describeSource(source, options.pkColumns ?? {});
    const photos = new SourceReader<'photos'>(source, layout.photos);
    const job: CopyJob = {
      source,
      layout,
      library: options.library,
      space: options.space ?? faceRecognitionSpace,
      places: PhotoPlaces.ofPaths(options.photosFolder ?? dirname(resolve(options.sqlite)), pathsOf(photos)),
      dryRun: options.dryRun ?? false,
      batchSize: options.batchSize ?? defaultBatchSize,
      signal: options.signal,
      onProgress: options.onProgress ?? (() => {}),
      onIssue: options.onIssue ?? (() => {}),
    };

    // 2. Parents before children: people,
    const people = await copyPeople(job);
    // 3. photos, each with its faces,
    const { faces, photoCounts, faceCounts } = await copyPhotos(job, createFactsReader(options));
    // 4. and who each face is.
    const labelCounts = await copyLabels(job, faces, people.personIds);

    const tables = [people.counts, photoCounts, faceCounts, labelCounts];
    return { tables, complete: tables.every((counts) => counts.quarantined === 0 && counts.incomplete === 0) };
  } finally {
    source.close();
  }
}

function* pathsOf(photos: SourceReader<'photos'>): Generator<string> {
  for (const { row } of photos.rows()) {
    const path = readText(photos.value(row, 'path'));
    if (path !== null) yield path;
  }
}

function createFactsReader({ readPhotoFacts, signal }: CopySqliteOptions): (path: string) => Promise<PhotoFacts | null> {
  return async (path) => {
    try {
      return (await readPhotoFacts?.(path, { signal })) ?? null;
    } catch {
      // The photo is damaged or of a kind the reader does not know; its old row is still worth copying.
      signal?.throwIfAborted();
      return null;
    }
  };
}
