import { sql } from 'kysely';
import { cleanName } from '../../identity/people/person-fields.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { EmbeddingSpaceToSave } from '../../model/embedding-space.ts';
import type { FaceAnalyzerLike } from '../../model/face-analyzer.ts';
import type { FaceBox } from '../../model/face-box.ts';
import type { FaceRegion } from '../../model/face-regions.ts';
import type { FaceToSave } from '../../model/faces.ts';
import type { AnalyzedPhoto, PhotoToSave } from '../../model/photos.ts';
import { DUPLICATE_OVERLAP, overlap } from '../../values/face-overlap.ts';
import { cleanPath, cleanText } from '../../values/sanitise.ts';
import { distinctRegions, matchRegions } from './match-regions.ts';

/** Longer than any program's name. */
const LONGEST_PROGRAM = 200;

export type NamedRegion = FaceRegion & { readonly name: string };

/** A face, and the region that names it. */
export interface NamedFace {
  readonly photoId: string;
  readonly faceId: string;
  readonly region: NamedRegion;
}

/** What a file says of who is where in a photo, ready to be taken over. */
export interface ReadRegions {
  readonly regions: readonly ReadRegion[];
  /** Of the faces' embeddings. */
  readonly space: EmbeddingSpaceToSave | null;
}

export interface ReadRegion {
  readonly region: NamedRegion;
  /** The face at this place, embedded, where none was found; null where one was, or nobody could embed it. */
  readonly face: FaceToSave | null;
}

/**
 * The named regions of a photo; null where they are not known. One that shows no known face becomes a face of its own, embedded as it is drawn, because every face of
 * a space has a vector. dlib's landmarks bear with that: of 8 sample faces, boxes 0.7 to 1.25 times as large as dlib's move all vectors
 * by 0.2 at most, a third of what tells two people apart; 1.5 times, 7 of them; 1.75 times, 3.
 */
export async function readRegions(
  context: LibraryContext,
  { photo, faces }: AnalyzedPhoto,
  analyzer: FaceAnalyzerLike | undefined,
  options: { image: () => Promise<string | Uint8Array>; crops: boolean; signal: AbortSignal | undefined },
): Promise<ReadRegions | null> {
  const regions = namedRegions(photo);
  if (regions === null) return null;
  if (!analyzer || regions.length === 0) return { regions: regions.map((region) => ({ region, face: null })), space: null };
  const known = faces?.map((face) => face.box) ?? (await storedBoxes(context, photo.sha256));
  const matches = matchRegions(
    regions.map((region) => region.box),
    known,
  );
  const unmatched = regions.filter((_, index) => matches[index] === null);
  const embedded = new Map<NamedRegion, FaceToSave>();
  if (unmatched.length > 0) {
    const { crops, signal } = options;
    const boxes = unmatched.map((region) => region.box);
    const analysis = await analyzer.analyze(await options.image(), { boxes, crops, signal });
    for (const region of unmatched) {
      // An analyzer of one's own may not know of boxes, and find what it finds.
      const face = analysis.faces.find(({ box }) => overlap(box, region.box) >= DUPLICATE_OVERLAP);
      if (face) embedded.set(region, { ...face, box: region.box, ...importedFrom(region, analyzer) });
    }
  }
  return { regions: regions.map((region) => ({ region, face: embedded.get(region) ?? null })), space: analyzer.space };
}

function isInside(box: FaceBox, { width, height }: { width: number; height: number }): boolean {
  const { x, y } = box;
  return Math.min(x, y) >= 0 && Math.min(box.width, box.height) > 0 && x + box.width <= width && y + box.height <= height;
}

/** The regions of a photo that name somebody, each face once: what a file says of who is where. null: not known. */
export function namedRegions({ faceRegions = [], width, height }: PhotoToSave): NamedRegion[] | null {
  if (faceRegions === null) return null;
  const named = faceRegions.flatMap((region) => {
    const name = cleanName(region.name);
    if (name === null || !isInside(region.box, { width, height })) return [];
    return [{ ...region, name, file: cleanPath(region.file), program: cleanText(region.program, LONGEST_PROGRAM) }];
  });
  return distinctRegions(named);
}

async function storedBoxes(context: LibraryContext, sha256: Uint8Array): Promise<FaceBox[]> {
  const { rows } = await sql<FaceBox>`
    SELECT bbox_x AS x, bbox_y AS y, bbox_w AS width, bbox_h AS height
    FROM faces JOIN photos USING (photo_id)
    WHERE photos.library_id = ${context.libraryId} AND sha256 = ${sha256}`.execute(context.db);
  return rows;
}

/** A score is the detector's say, and none found this face. */
function importedFrom(
  region: NamedRegion,
  analyzer: FaceAnalyzerLike,
): Pick<FaceToSave, 'source' | 'score' | 'detector' | 'provenance'> {
  return {
    source: 'imported',
    score: null,
    detector: `region:${region.source}`,
    provenance: { ...analyzer.provenance, region: describeRegion(region) },
  };
}

/** What a label or face says of the region that it comes from. */
export function describeRegion({ name, source, file, program, box }: NamedRegion): Record<string, unknown> {
  return { name, kind: source, file, program, box };
}
