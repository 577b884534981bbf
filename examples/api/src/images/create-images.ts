import { createHash } from 'node:crypto';
import { PhotoorgError } from '@photoorg/errors';
import { createThumbnailCache, renderThumbnail } from '@photoorg/ingest';
import type { Photo } from '@photoorg/sdk';
import { HttpProblem } from '../problems/http-problem.ts';
import { cutFace } from './cut-face.ts';
import { bytesInMemory, bytesOfFile } from './image-bytes.ts';
import type { ImageAnswer, Images } from './images.ts';
import { openPhotoFile } from './open-photo-file.ts';
import { readPhotoFile } from './read-photo-file.ts';

/** For an address that names the content. */
const FOR_GOOD = 'private, max-age=31536000, immutable';

/** A photo keeps its id when it is edited in place, a face its own when a better box or crop is found for it. */
const ASK_AGAIN = 'private, no-cache';

/** Codes of ingest and vision for a photo that is there and gives no picture. */
const undecodable = new Set([
  'UNSUPPORTED_FORMAT',
  'DECODER_MISSING',
  'IMAGE_TRUNCATED',
  'IMAGE_CORRUPT',
  'IMAGE_UNREADABLE',
  'IMAGE_TOO_LARGE',
  'IMAGE_TIMEOUT',
]);

const THUMBNAIL_MIME = 'image/webp';

/** Pictures of what a library holds, from its files and its stored crops. */
export function createImages({ thumbnailsFolder }: { thumbnailsFolder?: string } = {}): Images {
  const cache = thumbnailsFolder === undefined ? null : createThumbnailCache({ folder: thumbnailsFolder });
  return {
    async photo(library, photo, { size, content }) {
      const cacheControl = content === photo.sha256 ? FOR_GOOD : ASK_AGAIN;
      const etag = `"${photo.sha256}-${size}"`;
      if (size === 'original') {
        const file = await openPhotoFile(library, photo);
        return { bytes: bytesOfFile(file, photo.filesize), mime: photo.mime, etag, cacheControl };
      }
      const toRender = async () => {
        if (isFilm(photo)) throw new HttpProblem('IMAGE_NOT_RENDERABLE', 'It is a film, and no run has kept a picture of it.');
        return readPhotoFile(library, photo);
      };
      const bytes = await rendered(async () =>
        cache ? cache.get(photo.sha256, toRender, Number(size)) : renderThumbnail(await toRender(), { size: Number(size) }),
      );
      return { bytes: bytesInMemory(bytes), mime: THUMBNAIL_MIME, etag, cacheControl };
    },

    async faceCrop(library, face) {
      const stored = await library.faces.crop(face.faceId);
      if (stored) return faceCrop(stored.bytes, stored.mime);
      const photo = await library.photos.get(face.photoId);
      return faceCrop(await rendered(async () => cutFace(await readPhotoFile(library, photo), face.box)), THUMBNAIL_MIME);
    },
  };
}

/** Of a film, only a run with exiftool finds a picture. */
function isFilm({ mime }: Photo): boolean {
  return mime?.startsWith('video/') ?? false;
}

function faceCrop(bytes: Uint8Array, mime: string): ImageAnswer {
  const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
  return { bytes: bytesInMemory(bytes), mime, etag, cacheControl: ASK_AGAIN };
}

async function rendered(render: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await render();
  } catch (error) {
    if (PhotoorgError.isInstance(error) && undecodable.has(error.code)) {
      throw new HttpProblem('IMAGE_NOT_RENDERABLE', error.message, { cause: error });
    }
    throw error;
  }
}
