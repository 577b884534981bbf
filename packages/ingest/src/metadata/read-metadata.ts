import type { Exiftool, ExiftoolTags } from '../exiftool/exiftool.ts';
import { readWithExiftool } from '../exiftool/read-with-exiftool.ts';
import { displayPath } from '../files/photo-path.ts';
import { needsExiftool } from '../formats/sniff-format.ts';
import type { PhotoMetadata } from '../model/scanned-photo.ts';
import { readMetadataInPool } from './metadata-pool.ts';
import type { MetadataTask } from './metadata-worker.ts';

export interface ReadMetadataOptions {
  /** Reads what ingest has no reader of its own for. */
  exiftool: Exiftool | undefined;
  places: boolean;
  signal?: AbortSignal;
}

/** What a file says of itself, and the tags in which exiftool says so of one that only it reads. */
export async function readMetadata(
  task: Omit<MetadataTask, 'exiftool' | 'file'> & { file: string | Buffer },
  { exiftool, places, signal }: ReadMetadataOptions,
): Promise<{ metadata: PhotoMetadata; tags: ExiftoolTags | null }> {
  const reading =
    exiftool && needsExiftool(displayPath(task.file)) ? await readWithExiftool(exiftool, task.file, signal) : undefined;
  const metadata = await readMetadataInPool({ ...task, ...(reading && { exiftool: reading }) }, { places, signal });
  return { metadata, tags: reading?.tags ?? null };
}
