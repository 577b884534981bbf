import { type FailedFile, recordIngestErrors, resolveIngestErrors } from '../catalog/ingest-errors.ts';
import { touchRun } from '../catalog/ingest-runs.ts';
import { DatabaseError } from '../database/common/database-error.ts';
import { DatabaseBusyError } from '../errors/database-errors.ts';
import { PhotoEditedError } from '../errors/photo-edited-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { FileEntry, FilePlace } from '../model/index-photos.ts';
import type { IngestFileError } from '../model/ingest-runs.ts';
import type { AnalyzedPhoto, PhotoToSave } from '../model/photos.ts';
import { adoptRawPhotos } from '../saving/adopt-raw-photos.ts';
import type { NamedRegion, ReadRegions } from '../saving/regions/read-regions.ts';
import { savePhotosAndRegions } from '../saving/regions/save-photos-and-regions.ts';
import {
  type PreparedColumns,
  type PreparedPhoto,
  prepareFile,
  prepareOrNull,
  preparePhoto,
} from '../saving/rows/prepare-photo.ts';
import { saveCompanions, type TracedCompanion } from '../saving/save-companions.ts';
import type { ProgressMeter } from './progress-meter.ts';

/** Photos per transaction: a commit costs an fsync (some 10 ms), a kill at most this many photos' work. */
export const DEFAULT_BATCH_SIZE = 32;
/** However slow the photos, what is done is saved after this time. */
const FLUSH_AFTER_MILLIS = 2_000;

/** Something that went wrong with one file. */
export interface FileFailure {
  file: FileEntry | FilePlace;
  stage: string;
  error: Error & { code?: string; retryable?: boolean };
}

/** What became of one file of the scan. */
export type FileOutcome =
  | {
      kind: 'photo';
      file: FileEntry;
      analyzed: AnalyzedPhoto;
      regions: ReadRegions | null;
      movedFromFileId: string | null;
      failure: FileFailure | null;
      companions: readonly TracedCompanion[];
    }
  | {
      kind: 'known';
      file: FileEntry;
      sha256: Uint8Array;
      /** What the file says; null when it was not read. */
      photo: PhotoToSave | null;
      /** Whom it names where; null when that was not read. */
      namedRegions: readonly NamedRegion[] | null;
      movedFromFileId: string | null;
      samePath: boolean;
      companions: readonly TracedCompanion[];
    }
  /** The picture is as it was; what belongs to it is not. */
  | { kind: 'companions'; file: FileEntry; companions: readonly TracedCompanion[] }
  | { kind: 'failed'; failure: FileFailure };

interface Preparable {
  outcome: Extract<FileOutcome, { kind: 'photo' }>;
  photo: PreparedPhoto;
}

export interface BatchWriterOptions {
  context: LibraryContext;
  rootId: string;
  runId: string;
  batchSize: number;
  meter: ProgressMeter;
  onFileError: ((error: IngestFileError) => void) | undefined;
  /** Contents (hex) of files that were not read, as long as they are not saved either. */
  heldContents: Set<string>;
  /** Others write for the same run: its counts are not this writer's to set. */
  sharesRun?: boolean;
}

/** Collects outcomes and saves them batch by batch, each in one transaction: a kill leaves whole photos only. */
export class BatchWriter {
  readonly #options: BatchWriterOptions;
  #outcomes: FileOutcome[] = [];
  #flushedAt = performance.now();

  constructor(options: BatchWriterOptions) {
    this.#options = options;
  }

  async add(outcome: FileOutcome): Promise<void> {
    this.#outcomes.push(outcome);
    const due = performance.now() - this.#flushedAt > FLUSH_AFTER_MILLIS;
    if (due || this.#outcomes.length >= this.#options.batchSize) await this.flush();
  }

  /** Saves what is collected. */
  async flush(): Promise<void> {
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    if (outcomes.length > 0) await this.#saveOrSplit(outcomes);
    this.#flushedAt = performance.now();
  }

  /** One row that PostgreSQL refuses, for a reason not thought of, must not cost its batch: then each goes by itself. */
  async #saveOrSplit(outcomes: FileOutcome[]): Promise<void> {
    try {
      await this.#save(outcomes);
    } catch (error) {
      const concernsSome =
        error instanceof DatabaseError || error instanceof DatabaseBusyError || error instanceof PhotoEditedError;
      if (!concernsSome) throw error;
      const [only] = outcomes;
      if (outcomes.length > 1) for (const outcome of outcomes) await this.#saveOrSplit([outcome]);
      else if (only && only.kind !== 'failed')
        await this.#save([{ kind: 'failed', failure: { file: only.file, stage: 'save', error } }]);
      else throw error;
    }
  }

  async #save(outcomes: readonly FileOutcome[]): Promise<void> {
    const { context, rootId, runId, meter, onFileError, heldContents, sharesRun = false } = this.#options;
    const failures = outcomes.flatMap((outcome) => ('failure' in outcome ? (outcome.failure ?? []) : []));
    const photos: Preparable[] = [];
    for (const outcome of outcomes) {
      if (outcome.kind !== 'photo') continue;
      try {
        photos.push({ outcome, photo: preparePhoto(outcome.analyzed) });
      } catch (error) {
        failures.push({ file: outcome.file, stage: 'save', error: error as Error });
      }
    }
    const known = outcomes.filter((outcome) => outcome.kind === 'known');
    const failed = failures.map((failure) => toFailedFile(rootId, failure));
    const failedPaths = new Set(failed.map((file) => Buffer.from(file.pathBytes).toString('latin1')));
    const works = [...photos.map(({ outcome }) => outcome.file), ...known.map((outcome) => outcome.file)].filter(
      (file) => !failedPaths.has(Buffer.from(file.pathBytes).toString('latin1')),
    );

    const pictures = outcomes.flatMap((outcome) =>
      outcome.kind === 'failed' || outcome.companions.length === 0
        ? []
        : [{ picture: outcome.file, companions: outcome.companions }],
    );

    const { saved, attempts } = await context.transaction(async (transaction) => ({
      adopted: await adoptRawPhotos(
        transaction,
        photos.map(({ outcome, photo }) => ({ rootId, photo, rawPaths: rawPathsOf(outcome) })),
      ),
      saved: await savePhotosAndRegions(
        transaction,
        photos.map(({ outcome: { regions, movedFromFileId }, photo }) => ({ photo, regions, movedFromFileId })),
        {
          runId,
          heldContents,
          knownFiles: known.map(({ file, sha256, photo, namedRegions, movedFromFileId }) => ({
            sha256: Buffer.from(sha256).toString('hex'),
            file: prepareFile(file),
            columns: photo && columnsOrNull(photo),
            namedRegions,
            movedFromFileId,
          })),
        },
      ),
      companions: await saveCompanions(transaction, rootId, pictures, runId),
      touched: await touchRun(transaction, runId, sharesRun ? {} : { ...meter.counts }),
      attempts: await recordIngestErrors(transaction, runId, failed),
      resolved: await resolveIngestErrors(
        transaction,
        rootId,
        works.map((file) => file.pathBytes),
      ),
    }));

    for (const { sha256 } of known) heldContents.delete(Buffer.from(sha256).toString('hex'));
    // Counted only now: what is not committed has not happened.
    for (const [index, { status, faceIds }] of saved.entries()) {
      const { movedFromFileId } = photos[index]!.outcome;
      meter.counts[status === 'created' ? 'created' : movedFromFileId ? 'moved' : status === 'known' ? 'unchanged' : 'updated']++;
      meter.counts.faces += faceIds.length;
      if (photos[index]!.photo.columns.picture_error?.startsWith('IMAGE_')) meter.counts.damaged++;
    }
    for (const { movedFromFileId, samePath } of known)
      meter.counts[movedFromFileId ? 'moved' : samePath ? 'unchanged' : 'updated']++;
    meter.counts.updated += outcomes.filter((outcome) => outcome.kind === 'companions').length;
    // A photo that is saved although the search for its faces failed counts as saved.
    meter.counts.failed += failures.length - photos.filter(({ outcome }) => outcome.failure).length;
    for (const [index, file] of failed.entries()) {
      const { path, stage, code, message } = file;
      onFileError?.({
        root: failures[index]!.file.root,
        path,
        stage,
        code,
        message,
        attempts: attempts[index]!,
        lastAt: new Date(),
      });
    }
  }
}

/** What is wrong with a copy's reading costs what that copy says: the photo is known. */
function columnsOrNull(photo: PhotoToSave): PreparedColumns | null {
  return prepareOrNull({ photo, faces: null, space: null })?.columns ?? null;
}

function rawPathsOf({ companions }: Preparable['outcome']): Uint8Array[] {
  return companions.flatMap(({ role, file }) => (role === 'raw' ? [file.pathBytes] : []));
}

/** The failure as it is stored. */
function toFailedFile(rootId: string, { file, stage, error }: FileFailure): FailedFile {
  const entry = 'size' in file ? file : null;
  return {
    rootId,
    path: file.path,
    pathBytes: file.pathBytes,
    size: entry?.size ?? null,
    mtimeNs: entry?.mtimeNs ?? null,
    stage,
    code: error.code ?? error.name,
    message: error.message,
    retryable: error.retryable ?? false,
  };
}
