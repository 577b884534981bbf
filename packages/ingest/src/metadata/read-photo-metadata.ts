import type { PhotoPath } from '../files/photo-path.ts';
import type { PhotoMetadata } from '../scanned-photo.ts';
import { extractMetadata } from './extract-metadata.ts';
export async function readPhotoMetadata(file: PhotoPath, options: { signal?: AbortSignal } = {}): Promise<PhotoMetadata> {
  options.signal?.throwIfAborted();
  return await extractMetadata(file);
}
