import { Buffer } from 'node:buffer';
import type { ExiftoolReading } from '../exiftool/read-with-exiftool.ts';
import { announced } from '../flow/announced.ts';
import { IngestError, type IngestErrorOptions } from '../model/ingest-error.ts';
import type { DateRules } from '../shot-time/rules/date-rules.ts';
import type { Sidecars } from '../sidecars/find-sidecars.ts';
import { type ExtractedMetadata, extractMetadata } from './extract-metadata.ts';

/** Errors cross the thread as data, because cloning an error drops its code. */
export type MetadataReply = { metadata: ExtractedMetadata } | { refusal: IngestErrorOptions };

export interface MetadataTask {
  /** Bytes of a path arrive as `Uint8Array`. */
  file: string | Uint8Array;
  exif: boolean;
  sidecars?: Sidecars;
  dateRules?: DateRules;
  exiftool?: ExiftoolReading;
}

/** Runs in a worker thread that `metadata-pool.ts` ends when it takes too long. */
export default announced(async ({ file, ...options }: MetadataTask): Promise<MetadataReply> => {
  try {
    return { metadata: await extractMetadata(typeof file === 'string' ? file : Buffer.from(file), options) };
  } catch (error) {
    if (IngestError.isInstance(error)) return { refusal: error.toOptions() };
    throw error;
  }
});
