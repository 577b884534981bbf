import { openByteSource } from '../files/byte-source.ts';
import { absolutePath } from '../files/photo-path.ts';
import { SNIFF_BYTES, sniffFormat } from '../formats/sniff-format.ts';
import type { IngestError } from '../model/ingest-error.ts';
import type { FileEntry } from '../model/scanned-photo.ts';
import { DECODER_MODULES, decoderMissing, type OptionalFormat } from './beside-formats.ts';
import { resolveOptional } from './require-optional.ts';

/** Looking for a package that is not there takes 1 ms; it is looked for again after this time. */
const LOOK_AGAIN_MILLIS = 5_000;

const lookedFor = new Map<OptionalFormat, { at: number; isThere: boolean }>();

/** What a photo lacks for its picture to be seen; null where it may be seen. */
export async function findMissingDecoder(file: FileEntry): Promise<IngestError | null> {
  try {
    await using source = await openByteSource(absolutePath(file));
    const format = sniffFormat(await source.read(0, SNIFF_BYTES));
    if (format !== 'heic' && format !== 'jxl') return null;
    return isThere(format) ? null : decoderMissing(file.path, format);
  } catch {
    // Whoever reads it is told why it cannot be read.
    return null;
  }
}

function isThere(format: OptionalFormat): boolean {
  const last = lookedFor.get(format);
  if (last && performance.now() - last.at < LOOK_AGAIN_MILLIS) return last.isThere;
  const found = resolveOptional(DECODER_MODULES[format]) !== null;
  lookedFor.set(format, { at: performance.now(), isThere: found });
  return found;
}
