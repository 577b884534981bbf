import { findUnchangedFile, PLAIN_FORMAT } from '../catalog/pictures/find-unchanged-file.ts';
import { imageAt } from '../catalog/pictures/image-at.ts';
import { isAboutTheImage } from '../catalog/pictures/is-about-the-image.ts';
import type { FillSpaceOptions } from '../model/embedding-spaces.ts';
import { scaleFace } from '../values/see-pixels.ts';
import type { UnfilledFace, UnfilledPhoto } from './read-unfilled-photos.ts';

/** A face with its vector, or why it has none. */
export type EmbeddedFace =
  | { faceId: string; box: UnfilledFace['box']; vector: Float32Array }
  | { faceId: string; box: UnfilledFace['box']; failure: FaceFailure };

export interface FaceFailure {
  code: string;
  message: string;
  /** Whether it may pass without anybody touching the photo in the library. */
  retryable: boolean;
}

/** Embeds the faces of one photo, from whichever of its files is there as it was indexed. */
export async function embedPhoto(
  photo: UnfilledPhoto,
  { analyzer, readPixels, signal }: Pick<FillSpaceOptions, 'analyzer' | 'readPixels' | 'signal'>,
): Promise<EmbeddedFace[]> {
  const { faces } = photo;
  const failAll = (failure: FaceFailure) => faces.map(({ faceId, box }) => ({ faceId, box, failure }));
  const found = await findUnchangedFile(photo.files);
  if (typeof found === 'string') return failAll(NO_FILE[found]);
  try {
    const image = await imageAt(found);
    const pixels = PLAIN_FORMAT.test(photo.mime) ? null : ((await readPixels?.(image, { signal })) ?? null);
    if (!PLAIN_FORMAT.test(photo.mime) && pixels === null) return failAll(needsPixels(photo.mime));
    const vectors = await analyzer.embedFaces(
      pixels ?? image,
      pixels === null ? faces : faces.map((face) => scaleFace(face, photo, pixels)),
      { signal },
    );
    return faces.map(({ faceId, box }, index) => {
      const vector = vectors[index] ?? null;
      return vector === null ? { faceId, box, failure: OUTSIDE } : { faceId, box, vector };
    });
  } catch (error) {
    if (signal?.aborted) return [];
    if (!isAboutTheImage(error)) throw error;
    return failAll({ code: error.code, message: error.message, retryable: error.retryable === true });
  }
}

const OUTSIDE: FaceFailure = {
  code: 'FACE_OUTSIDE',
  message: 'The face does not lie in the photo far enough to be cut out.',
  retryable: false,
};

function needsPixels(mime: string): FaceFailure {
  return {
    code: 'PIXELS_NEEDED',
    message: `A photo of type ${mime} is read by readUnusualPixels of @photoorg/ingest: give it as readPixels.`,
    retryable: true,
  };
}

const NO_FILE: Record<'changed' | 'missing', FaceFailure> = {
  changed: {
    code: 'PHOTO_CHANGED',
    message: 'The file has changed since it was indexed: index the folder first.',
    retryable: true,
  },
  missing: { code: 'ORIGINAL_MISSING', message: 'No file of the photo is there.', retryable: true },
};
