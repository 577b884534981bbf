import { openByteSource } from '../files/byte-source.ts';
import { absolutePath } from '../files/photo-path.ts';
import { SNIFF_BYTES, sniffFormat } from '../formats/sniff-format.ts';
import type { IngestError } from '../model/ingest-error.ts';
import type { FileEntry } from '../model/scanned-photo.ts';
import { DECODER_MODULES, decoderMissing } from './beside-formats.ts';
import { resolveOptional } from './require-optional.ts';

/** What a photo lacks for its picture to be seen; null where it may be seen. */
export async function findMissingDecoder(file: FileEntry): Promise<IngestError | null> {
  try {
    await using source = await openByteSource(absolutePath(file));
    const format = sniffFormat(await source.read(0, SNIFF_BYTES));
    if (format !== 'heic' && format !== 'jxl') return null;
    return resolveOptional(DECODER_MODULES[format]) === null ? decoderMissing(file.path, format) : null;
  } catch {
    // Whoever reads it is told why it cannot be read.
    return null;
  }
}
