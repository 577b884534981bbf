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
import { isSameName } from './fold-regions.ts';
import { loadRegions, type PhotoOfRegions, type StoredFace } from './load-regions.ts';
import { matchRegions, mayShow } from './match-regions.ts';
import { describeRegion, type NamedFace, type NamedRegion, type ReadRegions } from './read-regions.ts';
import { rememberRegions } from './remember-regions.ts';
import { takeBackFaces, type WithdrawnRegion, withdrawLabels } from './withdraw-labels.ts';

/** The journal's name for whoever wrote the regions. */
export const IMPORT_ACTOR = 'import';

export interface RegionsOfPhoto {
  readonly photoId: string;
  readonly read: ReadRegions;
}

interface AddedFace {
  readonly photoId: string;
  readonly faceId: string;
  readonly face: FaceToSave;
  readonly space: ReadRegions['space'];
}

/**
 * Takes over who the files of photos say is where: each region finds its face, or becomes one, and the face gets an imported label. What they say no
 * longer is withdrawn.
 *
 * Only news counts: a region that says what it said when it was last read changes nothing, so that a label which a person has since
 * replaced, cleared or undone stays so. A new name replaces an imported label or a guess, never what a person confirmed or rejected.
 *
 * Call it within the transaction that saved the photos or their files, under the identity lock. `read`: what was just read, with the faces that were
 * embedded for it. Returns the photos of which something new was said.
 */
export async function takeOverRegions(
  context: LibraryContext,
  photoIds: Iterable<string>,
  read: readonly RegionsOfPhoto[],
  runId: string | null,
): Promise<Set<string>> {
  const embedded = Map.groupBy(read, ({ photoId }) => photoId);
  const ids = [...new Set([...photoIds, ...embedded.keys()])];
  const changes = { named: [], kept: [], added: [], withdrawn: [], unsettled: [], settled: [...embedded.keys()] } as Changes;
  for (const photo of await loadRegions(context, ids)) {
    compare(photo, embedded.get(photo.photoId)?.map((one) => one.read) ?? [], changes);
  }
  const { named, withdrawn } = changes;
  await addFaces(context, changes.added, runId);
  await withdrawLabels(context, withdrawn, IMPORT_ACTOR);
  await labelFaces(context, named);
  await rememberRegions(context, { ...changes, runId });
  await markRead(context, changes);
  return new Set([...named, ...withdrawn].map(({ photoId }) => photoId));
}

interface NewlyNamedFace extends NamedFace {
  readonly formerRegion: StoredFace['region'];
  /** A list names the person at another place of the photo, too. */
  readonly samePhotoAllowed: boolean;
}

interface Changes {
  readonly named: NewlyNamedFace[];
  /** Named as before; their boxes may be others. */
  readonly kept: NamedFace[];
  readonly added: AddedFace[];
  readonly withdrawn: (WithdrawnRegion & { readonly photoId: string })[];
  /** Photos with regions that show no known face and that nobody could embed. */
  readonly unsettled: string[];
  readonly settled: string[];
}

/** What the regions of a photo's files say, beside what was taken over of them. */
function compare(
  { photoId, said, isComplete, faces, barred }: PhotoOfRegions,
  read: readonly ReadRegions[],
  changes: Changes,
): void {
  const matches = findFaces(said, faces);
  for (const [index, region] of said.entries()) {
    const match = matches[index];
    // A face was removed there: the file does not bring it back.
    if (!match && barred.some((box) => mayShow(region.box, box))) continue;
    const found = match ? null : findEmbedded(region, read);
    const faceId = match?.faceId ?? newId();
    if (!match && !found) changes.unsettled.push(photoId);
    else if (match?.region?.name === region.name) changes.kept.push({ photoId, faceId, region });
    else {
      const samePhotoAllowed = said.some((other) => other !== region && isSameName(other.name, region.name));
      changes.named.push({ photoId, faceId, region, formerRegion: match?.region ?? null, samePhotoAllowed });
    }
    if (found) changes.added.push({ photoId, faceId, ...found });
  }
  // What a file says that has not been read yet is not known.
  if (!isComplete) return;
  const gone = faces.filter((face) => face.region !== null && !matches.includes(face));
  changes.withdrawn.push(...gone.map(({ faceId, region }) => ({ photoId, faceId, region: region! })));
}

/** The face that a region named so far is its face, whatever others were found since. */
function findFaces(regions: readonly NamedRegion[], faces: readonly StoredFace[]): (StoredFace | null)[] {
  const matches = regions.map((region) => faces.find((face) => face.region && isSameRegion(face.region, region)) ?? null);
  const open = regions.flatMap((_, index) => (matches[index] ? [] : [index]));
  const free = faces.filter((face) => !matches.includes(face));
  const found = matchRegions(
    open.map((index) => regions[index]!.box),
    free.map((face) => face.box),
  );
  for (const [place, index] of open.entries()) matches[index] = free[found[place] ?? -1] ?? null;
  return matches;
}

function isSameRegion(a: { name: string; box: FaceBox }, b: { name: string; box: FaceBox }): boolean {
  const isSameBox = (['x', 'y', 'width', 'height'] as const).every((side) => a.box[side] === b.box[side]);
  return isSameBox && a.name === b.name;
}

function findEmbedded(region: NamedRegion, read: readonly ReadRegions[]): Pick<AddedFace, 'face' | 'space'> | null {
  for (const { regions, space } of read) {
    const face = regions.find((one) => isSameRegion(one.region, region))?.face;
    if (face) return { face, space };
  }
  return null;
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

/** A person whom one list names twice in a photo stands there twice: a mirror, a collage. A refused name leaves nothing of the one before. */
async function labelFaces(context: LibraryContext, named: Changes['named']): Promise<void> {
  if (named.length === 0) return;
  const names = named.map(({ region }) => region.name);
  const people = await findOrCreatePeople(context, names, IMPORT_ACTOR);
  const labels = named.map(({ faceId, region, samePhotoAllowed }) => ({
    faceId,
    personId: people.get(region.name)!,
    provenance: { region: describeRegion(region) },
    samePhotoAllowed,
  }));
  const { refused } = await importLabels(context, labels, IMPORT_ACTOR);
  const isRefused = new Set(refused.map(({ faceId }) => faceId));
  await withdrawLabels(
    context,
    named.flatMap(({ faceId, formerRegion: region }) => (region && isRefused.has(faceId) ? [{ faceId, region }] : [])),
    IMPORT_ACTOR,
  );
  await takeBackFaces(
    context,
    named.flatMap(({ faceId }) => (isRefused.has(faceId) ? [] : [faceId])),
    IMPORT_ACTOR,
  );
}

/** A photo whose regions are not all taken over is read again by the next run that could do better. */
async function markRead(context: LibraryContext, { settled, unsettled }: Changes): Promise<void> {
  if (settled.length + unsettled.length === 0) return;
  await sql`
    UPDATE photos SET regions_read_ts = CASE WHEN photo_id = ANY (${unsettled}::uuid[]) THEN NULL ELSE now() END
    WHERE (photo_id = ANY (${settled}::uuid[]) AND regions_read_ts IS NULL) OR photo_id = ANY (${unsettled}::uuid[])`.execute(
    context.db,
  );
}
