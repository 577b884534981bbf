import { sql } from 'kysely';
import { importLabels } from '../../identity/labelling/import-labels.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FaceBox } from '../../model/face-box.ts';
import type { FaceToSave } from '../../model/faces.ts';
import { newId } from '../../values/new-id.ts';
import { copyFaces, type VectorSpace } from '../rows/copy-faces.ts';
import { prepareFace } from '../rows/prepare-photo.ts';
import { refreshPhotos } from '../rows/refresh-photos.ts';
import { ensureSpace } from '../rows/spaces.ts';
import { findOrCreatePeople } from './find-or-create-people.ts';
import { matchRegions } from './match-regions.ts';
import { describeRegion, type NamedRegion, type ReadRegions } from './read-regions.ts';

/** The journal's name for whoever wrote the regions. */
export const IMPORT_ACTOR = 'import';

export interface RegionsOfPhoto {
  readonly photoId: string;
  /** Folder of the files that the regions name, for people. */
  readonly folder: string;
  readonly read: ReadRegions;
}

interface NamedFace {
  readonly photoId: string;
  readonly faceId: string;
  readonly region: NamedRegion;
}

/**
 * Takes over who other programs say is where: each region finds its face, or becomes one, and the face gets an imported label.
 *
 * Only news counts: a region that says what it said when it was last read changes nothing, so that a label which a person has since
 * replaced, cleared or undone stays so. A new name replaces an imported label or a guess, never what a person confirmed or rejected.
 *
 * Call it within the transaction that saved the photos, under the identity lock. Returns the photos of which something new was said.
 */
export async function takeOverRegions(
  context: LibraryContext,
  photos: readonly RegionsOfPhoto[],
  runId: string | null,
): Promise<Set<string>> {
  const stored = await loadFaces(
    context,
    photos.flatMap(({ photoId, read }) => (read.regions.length > 0 ? [photoId] : [])),
  );
  const named: NamedFace[] = [];
  const added: AddedFace[] = [];
  const unsettled = new Set<string>();

  for (const { photoId, folder, read } of photos) {
    const known = stored.get(photoId) ?? [];
    const matches = matchRegions(
      read.regions.map(({ region }) => region.box),
      known.map((face) => face.box),
    );
    for (const [index, { region: inFolder, face }] of read.regions.entries()) {
      const region = { ...inFolder, file: `${folder}${inFolder.file}` };
      const match = known[matches[index] ?? -1];
      const faceId = match?.faceId ?? newId();
      if (!match && !face) unsettled.add(photoId);
      else if (match?.regionName !== region.name) named.push({ photoId, faceId, region });
      if (!match && face) added.push({ photoId, faceId, face, space: read.space });
    }
  }
  await addFaces(context, added, runId);
  await labelFaces(context, named);
  await rememberRegions(context, named, runId);
  await markRead(context, photos, unsettled);
  return new Set(named.map(({ photoId }) => photoId));
}

interface StoredFace {
  readonly photoId: string;
  readonly faceId: string;
  readonly box: FaceBox;
  /** As the region that was last taken over names it. */
  readonly regionName: string | null;
}

async function loadFaces(context: LibraryContext, photoIds: readonly string[]): Promise<Map<string, StoredFace[]>> {
  if (photoIds.length === 0) return new Map();
  const { rows } = await sql<StoredFace>`
    SELECT face.photo_id AS "photoId", face.face_id AS "faceId", region.name AS "regionName",
      json_build_object('x', face.bbox_x, 'y', face.bbox_y, 'width', face.bbox_w, 'height', face.bbox_h) AS box
    FROM faces face LEFT JOIN face_regions region USING (face_id)
    WHERE face.photo_id = ANY (${[...photoIds]}::uuid[])
    ORDER BY face.face_id`.execute(context.db);
  return Map.groupBy(rows, (row) => row.photoId);
}

interface AddedFace {
  readonly photoId: string;
  readonly faceId: string;
  readonly face: FaceToSave;
  readonly space: ReadRegions['space'];
}

async function addFaces(context: LibraryContext, added: readonly AddedFace[], runId: string | null): Promise<void> {
  if (added.length === 0) return;
  const photoIds = added.map(({ photoId }) => photoId);
  const photos = await context.db
    .selectFrom('photos')
    .select(['photo_id', 'width', 'height'])
    .where(sql<boolean>`photo_id = ANY (${photoIds}::uuid[])`)
    .execute();
  const sizes = new Map(photos.map((photo) => [photo.photo_id, photo]));
  const spaces = new Map<string, VectorSpace>();
  for (const { space } of added) {
    if (space && !spaces.has(space.name)) {
      spaces.set(space.name, { spaceId: await ensureSpace(context, space), dimension: space.dimension });
    }
  }
  const rows = added.map(({ photoId, faceId, face, space }) => ({
    photoId,
    faceId,
    face: prepareFace(face, sizes.get(photoId)!, space),
    space: space && spaces.get(space.name)!,
  }));
  await copyFaces(context, rows, runId);
  await refreshPhotos(context, photoIds);
}

async function labelFaces(context: LibraryContext, named: readonly NamedFace[]): Promise<void> {
  if (named.length === 0) return;
  const names = named.map(({ region }) => region.name);
  const people = await findOrCreatePeople(context, names, IMPORT_ACTOR);
  const labels = named.map(({ faceId, region }) => ({
    faceId,
    personId: people.get(region.name)!,
    provenance: { region: describeRegion(region) },
  }));
  await importLabels(context, labels, IMPORT_ACTOR);
}

/** Also those whose labels were refused: they would be so every time. */
async function rememberRegions(context: LibraryContext, named: readonly NamedFace[], runId: string | null): Promise<void> {
  if (named.length === 0) return;
  const rows = named.map(({ photoId, faceId, region: { name, source, file, program, box } }) => ({
    face_id: faceId,
    library_id: context.libraryId,
    photo_id: photoId,
    name,
    kind: source,
    bbox_x: box.x,
    bbox_y: box.y,
    bbox_w: box.width,
    bbox_h: box.height,
    file,
    program,
    run_id: runId,
  }));
  await context.db
    .insertInto('face_regions')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('face_id').doUpdateSet((row) => ({
        name: row.ref('excluded.name'),
        kind: row.ref('excluded.kind'),
        bbox_x: row.ref('excluded.bbox_x'),
        bbox_y: row.ref('excluded.bbox_y'),
        bbox_w: row.ref('excluded.bbox_w'),
        bbox_h: row.ref('excluded.bbox_h'),
        file: row.ref('excluded.file'),
        program: row.ref('excluded.program'),
        run_id: row.ref('excluded.run_id'),
        created_ts: sql<Date>`now()`,
      })),
    )
    .execute();
}

/** A photo whose regions are not all taken over is read again by the next run that could do better. */
async function markRead(
  context: LibraryContext,
  photos: readonly RegionsOfPhoto[],
  unsettled: ReadonlySet<string>,
): Promise<void> {
  const ids = photos.map(({ photoId }) => photoId);
  if (ids.length === 0) return;
  await sql`
    UPDATE photos SET regions_read_ts = CASE WHEN photo_id = ANY (${[...unsettled]}::uuid[]) THEN NULL ELSE now() END
    WHERE photo_id = ANY (${ids}::uuid[]) AND (regions_read_ts IS NULL OR photo_id = ANY (${[...unsettled]}::uuid[]))`.execute(
    context.db,
  );
}
