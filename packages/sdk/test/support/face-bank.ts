import { randomBytes } from 'node:crypto';
import { createPhotos } from '../../src/catalog/photos.ts';
import type { EmbeddingSpaceToSave, FaceToSave } from '../../src/index.ts';
import type { LibraryContext } from '../../src/library/library-context.ts';
import { sampleFace, samplePhoto } from './sample-photos.ts';

/** One photo to add: the vectors of its faces, and what else matters. */
export interface BankPhoto {
  readonly vectors: readonly Float32Array[];
  readonly changes?: Parameters<typeof samplePhoto>[1];
}

const PHOTOS_PER_BATCH = 500;

/** Photos whose faces carry the given vectors; returns the face ids photo by photo. */
export async function addFaces(
  context: LibraryContext,
  space: EmbeddingSpaceToSave,
  photos: readonly BankPhoto[],
): Promise<string[][]> {
  const faceIds: string[][] = [];
  for (let start = 0; start < photos.length; start += PHOTOS_PER_BATCH) {
    const batch = photos.slice(start, start + PHOTOS_PER_BATCH).map(({ vectors, changes }) => ({
      photo: samplePhoto(randomBytes(8).toString('hex'), { exif: null, ...changes }),
      faces: vectors.map((vector, i): FaceToSave => sampleFace({ x: 10 + i * 90, y: 20, width: 80, height: 100 }, [...vector])),
      space,
    }));
    faceIds.push(...(await createPhotos(context).saveAnalyzed(batch)).map((photo) => photo.faceIds));
  }
  return faceIds;
}
