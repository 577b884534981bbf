import { Buffer } from 'node:buffer';
import { openByteSource } from '../files/byte-source.ts';
import { absolutePath } from '../files/photo-path.ts';
import { isReadWithPhotos, type LeftOutKind, leftOutKindOf, sniffLeftOutKind } from '../formats/left-out-kinds.ts';
import { extensionOf, hasPhotoExtension, needsExiftool, SNIFF_BYTES, sniffFormat } from '../formats/sniff-format.ts';
import type { FileEntry } from '../model/scanned-photo.ts';

/**
 * What a file is that is not to be taken as a photo: `sidecar` for one that is read with photos, null for a photo. Names tell; the first bytes are asked of
 * a file whose name tells nothing, or tells of a picture that is not read, since it may be one that is.
 */
export async function findLeftOutKind(
  file: FileEntry,
  { exiftool }: { exiftool: boolean },
): Promise<LeftOutKind | 'sidecar' | null> {
  const name = Buffer.from(file.pathBytes).toString('latin1');
  const extension = extensionOf(name);
  if (hasPhotoExtension(name) || (exiftool && needsExiftool(name))) return null;
  if (isReadWithPhotos(extension)) return 'sidecar';
  const promised = leftOutKindOf(extension);
  if (promised !== null && promised.isPicture !== true) return promised;
  const head = await headOf(file);
  if (head !== null && sniffFormat(head) !== null) return null;
  return promised ?? sniffLeftOutKind(head ?? new Uint8Array());
}

/** null for what cannot be read. */
async function headOf(file: FileEntry): Promise<Uint8Array | null> {
  try {
    await using source = await openByteSource(absolutePath(file));
    return await source.read(0, SNIFF_BYTES);
  } catch {
    return null;
  }
}
