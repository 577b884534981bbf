import type { Face, Photo, PhotoLibrary } from '@photoorg/sdk';
import type { IMAGE_SIZES } from '../schemas/photo.ts';
import type { ImageBytes } from './image-bytes.ts';

type ImageSize = (typeof IMAGE_SIZES)[number];

/** An image, and how long a browser may keep it. */
export interface ImageAnswer {
  bytes: ImageBytes;
  mime: string;
  /** Strong ETag, quotes included. */
  etag: string;
  cacheControl: string;
}

/** Pictures of what the library holds. */
export interface Images {
  /** The upright photo as WebP, or its file as it is. Throws HttpProblem PHOTO_FILE_MISSING or IMAGE_NOT_RENDERABLE. */
  photo(library: PhotoLibrary, photo: Photo, options: { size: ImageSize; content?: string | undefined }): Promise<ImageAnswer>;
  /** The stored crop of a face, or one cut from its photo. */
  faceCrop(library: PhotoLibrary, face: Face): Promise<ImageAnswer>;
}
