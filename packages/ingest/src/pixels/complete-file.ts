import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { findClaimedEnd } from '../formats/claimed-end.ts';
import type { PhotoFormat } from '../formats/photo-formats.ts';

/** Bytes of a file that is completed, of which a hostile one may claim any number. */
const MAX_COMPLETED_BYTES = 64 * 1024 * 1024;

/**
 * A file that was cut short, with zeros up to the end that its container claims: libwebp, libheif and libtiff refuse a picture that goes beyond its
 * file, and of one that is merely damaged they show what is left. null where the container does not tell.
 */
export async function completeFile(source: ByteSource, format: PhotoFormat): Promise<Buffer | null> {
  const end = await findClaimedEnd(source, format);
  if (end <= source.size || end > MAX_COMPLETED_BYTES) return null;
  const completed = Buffer.alloc(end);
  (await source.read(0, source.size)).copy(completed);
  return completed;
}
