import { sql } from 'kysely';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { EmbeddingSpaceToSave } from '../../model/embedding-space.ts';
import type { RgbPixels } from '../../model/face-analyzer.ts';
import type { FaceBox } from '../../model/face-box.ts';
import type { LookAtFace } from '../../model/faces.ts';
import { type PreparedFace, prepareFace } from '../../saving/rows/prepare-photo.ts';
import { saveVectors } from '../../saving/rows/save-detected-faces.ts';
import { ensureSpace } from '../../saving/rows/spaces.ts';
import { DUPLICATE_OVERLAP, overlap } from '../../values/face-overlap.ts';
import { seePixels } from '../../values/see-pixels.ts';
import { findUnchangedFile, PLAIN_FORMAT, type StoredFilePlace } from '../pictures/find-unchanged-file.ts';
import { imageAt } from '../pictures/image-at.ts';

/** A photo in which a face is drawn. */
export interface DrawnPhoto {
  readonly photoId: string;
  readonly mime: string;
  readonly width: number;
  readonly height: number;
}

/** What an analyzer says of a face at its place. */
export interface FaceLook {
  readonly face: PreparedFace;
  readonly space: EmbeddingSpaceToSave;
}

/** null without an analyzer, and where it could make nothing of the box. Throws InvalidInputError where there is no picture to look at. */
export async function lookAtFace(
  context: LibraryContext,
  photo: DrawnPhoto,
  box: FaceBox,
  { analyzer, image, signal }: LookAtFace,
): Promise<FaceLook | null> {
  if (!analyzer) return null;
  const seen = image ?? (await imageOfPhoto(context, photo));
  const seeing = isPixels(seen) ? seePixels(analyzer, seen, photo) : analyzer;
  const { faces } = await seeing.analyze(seen, { boxes: [box], crops: true, signal });
  // An analyzer of one's own may not know of boxes, and find what it finds.
  const found = faces.find((face) => overlap(face.box, box) >= DUPLICATE_OVERLAP);
  if (!found) return null;
  const { provenance, space } = analyzer;
  const drawn = { ...found, box, score: null, source: 'manual', detector: 'by hand', provenance } as const;
  return { face: prepareFace(drawn, photo, space), space };
}

/** Of a face that stands as drawn. */
export async function saveLook(context: LibraryContext, faceId: string, { face, space }: FaceLook): Promise<void> {
  const { landmarks, quality, crop, provenance, embedding } = face;
  await context.db
    .updateTable('faces')
    .set({ landmarks, quality, bitmap: crop, provenance })
    .where('face_id', '=', faceId)
    .execute();
  if (!embedding) return;
  const spaceId = await ensureSpace(context, space);
  await saveVectors(context, [{ faceId, space: { spaceId, dimension: space.dimension }, vector: embedding }]);
}

function isPixels(image: string | Uint8Array | RgbPixels): image is RgbPixels {
  return typeof image === 'object' && 'data' in image;
}

async function imageOfPhoto({ db }: LibraryContext, { photoId, mime }: DrawnPhoto): Promise<string | Uint8Array> {
  if (!PLAIN_FORMAT.test(mime)) {
    throw new InvalidInputError(`A photo of type ${mime} is not read by every analyzer.`, {
      remedy: 'Give its pixels as image: readUnusualPixels of @photoorg/ingest reads them.',
    });
  }
  const { rows } = await sql<StoredFilePlace>`
    SELECT root.path_bytes AS "rootBytes", file.path_bytes AS "pathBytes", size, mtime_ns AS "mtimeNs"
    FROM photo_files file JOIN roots root USING (root_id)
    WHERE photo_id = ${photoId} AND kind = 'original' ORDER BY missing_since IS NOT NULL, path COLLATE "C"`.execute(db);
  const found = await findUnchangedFile(rows);
  if (typeof found !== 'string') return imageAt(found);
  throw new InvalidInputError(
    found === 'missing'
      ? `No file of photo ${photoId} is there.`
      : `The file of photo ${photoId} has changed since it was indexed.`,
    { remedy: 'Index its folder first, give the photo as image, or leave out the analyzer.' },
  );
}
