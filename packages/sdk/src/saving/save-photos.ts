import { PhotoEditedError } from '../errors/photo-edited-error.ts';
import { lockIdentity } from '../identity/change-identity.ts';
import { gatherStatistics } from '../library/gather-statistics.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingSpaceToSave } from '../model/embedding-space.ts';
import type { SavedPhoto } from '../model/photos.ts';
import { savedColumns } from '../schema/saved-columns.ts';
import { canonicalJson } from '../values/canonical-json.ts';
import { carryIdentities, carryPhotoLabels } from './edits/carry-identities.ts';
import { continuePhotos } from './edits/continue-photos.ts';
import { findEarlierPhotos } from './edits/find-earlier-photos.ts';
import { derivePhotos, type NewReading } from './readings/derive-photos.ts';
import { factsOf } from './readings/reading.ts';
import type { VectorSpace } from './rows/copy-faces.ts';
import type { KnownFileToStore, PhotoToStore } from './rows/photo-to-store.ts';
import type { PreparedColumns, PreparedPhoto } from './rows/prepare-photo.ts';
import { refreshPhotos } from './rows/refresh-photos.ts';
import { type DetectedPhoto, saveDetectedFaces } from './rows/save-detected-faces.ts';
import { ensureSpace } from './rows/spaces.ts';
import { noteUnsettled, spansOf } from './rows/unsettled-spans.ts';
import { type FileOfPhoto, upsertFiles } from './rows/upsert-files.ts';
import { findPhotoIds, findPhotoIdsOfRaw, upsertPhotos } from './rows/upsert-photos.ts';

/**
 * Stores a batch in one transaction: photos, their files, faces and vectors. The same content twice in one batch is one photo with
 * two files. A photo that was edited in place stays that photo, or what was said of its faces is taken over to the new one; contents
 * that are held (hex) stay with their photos. Results are in the order of `photos`.
 */
export async function savePhotos(
  context: LibraryContext,
  photos: readonly PhotoToStore[],
  options: SaveOptions = {},
): Promise<SavedPhoto[]> {
  return (await saveBatch(context, photos, options)).saved;
}

interface SaveOptions {
  runId?: string | null;
  knownFiles?: readonly KnownFileToStore[];
  heldContents?: ReadonlySet<string>;
}

/** `savePhotos` with the photos of whose files anything was told, or that lost one. */
export async function saveBatch(
  context: LibraryContext,
  photos: readonly PhotoToStore[],
  options: SaveOptions,
): Promise<{ saved: SavedPhoto[]; touched: ReadonlySet<string> }> {
  const { runId = null, heldContents = new Set<string>() } = options;
  return context.transaction(async (transaction) => {
    const prepared = photos.map(({ photo }) => photo);
    const byContent = [...Map.groupBy(prepared, (photo) => photo.sha256).values()];
    const hashes = byContent.map(([photo]) => photo!.sha256);
    const earlier = await findEarlierPhotos(transaction, photos);
    // Whoever labels faces has this lock, too, and it comes before those on photos and faces.
    if (earlier.length > 0) await lockIdentity(transaction);
    const continued = await continuePhotos(transaction, prepared, earlier, { runId, heldContents });
    const upserted = await upsertPhotos(transaction, byContent.map(withEveryLook), runId);
    const createdHashes = hashes.filter((hash) => upserted.get(hash)!.change === 'created');
    const created = new Set(createdHashes.map((hash) => upserted.get(hash)!.photoId));
    await noteUnsettled(transaction, await spansOf(transaction, createdHashes));

    // The row of a file that was moved and edited stays with its photo, unless that has gone on with the new content.
    const others = new Set(earlier.flatMap(({ fileId, photoId }) => (continued.has(photoId) ? [] : (fileId ?? []))));
    const read: ReadFile[] = photos.map(({ photo: { sha256, file, columns }, movedFromFileId, namedRegions: regions }) => {
      const photoId = upserted.get(sha256)!.photoId;
      const origin = others.has(movedFromFileId ?? '') ? null : movedFromFileId;
      return {
        photoId,
        file: file && { photoId, file, movedFromFileId: origin, isRead: columns.exif !== null, regions },
        columns,
      };
    });
    read.push(...(await resolveKnownFiles(transaction, options.knownFiles ?? [])));
    const states = earlier.map(({ index, photoId }) => ({ from: photoId, to: upserted.get(prepared[index]!.sha256)!.photoId }));
    const laterStates = Map.groupBy(states, ({ from }) => from);
    const { files, changed, displaced } = await upsertFiles(
      transaction,
      read.flatMap(({ file }) => file ?? []),
      runId,
      new Map([...laterStates].map(([from, later]) => [from, new Set(later.map(({ to }) => to))])),
    );
    const readings = read.flatMap(({ photoId, file, columns }): NewReading[] => {
      if (columns === null || (file?.file.kind ?? 'original') !== 'original') return [];
      const { fileId, wasThere } = file ? files.get(file)! : { fileId: null, wasThere: false };
      return [{ photoId, fileId, wasThere, facts: factsOf(columns) }];
    });
    const derived = await derivePhotos(transaction, [...changed, ...displaced], { readings, created, displaced });

    const analysed = byContent.flatMap((copies) => copies.find((copy) => copy.faces !== null) ?? []);
    const spaces = await ensureSpaces(transaction, analysed);
    const detected: DetectedPhoto[] = analysed.flatMap(({ sha256, faces, space }) =>
      faces ? [{ photoId: upserted.get(sha256)!.photoId, faces, space: space && spaces.get(space.name)! }] : [],
    );
    const faceIds = await saveDetectedFaces(transaction, detected, runId);
    const otherStates = states.filter(({ from, to }) => from !== to);
    await carryIdentities(
      transaction,
      otherStates.filter(({ to }) => faceIds.has(to)),
    );
    await carryPhotoLabels(transaction, otherStates);

    const touched = [...upserted.values()].map(({ photoId }) => photoId);
    await refreshPhotos(transaction, [...touched, ...changed, ...displaced]);
    const found = detected.reduce((sum, { faces }) => sum + faces.length, 0);
    await gatherStatistics(transaction, 'photos', createdHashes.length + derived.size + found);
    const saved = photos.map(({ photo }): SavedPhoto => {
      const { photoId, change } = upserted.get(photo.sha256)!;
      const updated = change === 'updated' || [changed, derived, continued, faceIds].some((changes) => changes.has(photoId));
      return {
        photoId,
        status: change === 'created' ? 'created' : updated ? 'updated' : 'known',
        faceIds: faceIds.get(photoId) ?? [],
      };
    });
    return { saved, touched: new Set([...read.map(({ photoId }) => photoId), ...displaced]) };
  });
}

const looks = savedColumns.filter(({ fold }) => fold === 'last-known').map(({ name }) => name);

/** The first of several copies, with what any of them tells of the pixels. */
function withEveryLook(copies: readonly PreparedPhoto[]): PreparedPhoto {
  const [first] = copies as [PreparedPhoto];
  const seen = looks.map((name) => [name, copies.map(({ columns }) => columns[name]).find((value) => value !== null) ?? null]);
  return { ...first, columns: { ...first.columns, ...Object.fromEntries(seen) } };
}

/** What was read, and where it lies. */
interface ReadFile {
  photoId: string;
  /** null: a photo without a file. */
  file: FileOfPhoto | null;
  /** null: nobody looked. */
  columns: PreparedColumns | null;
}

async function resolveKnownFiles(context: LibraryContext, known: readonly KnownFileToStore[]): Promise<ReadFile[]> {
  if (known.length === 0) return [];
  const hashes = known.map(({ sha256 }) => sha256);
  const [ids, rawIds] = [await findPhotoIds(context, hashes), await findPhotoIdsOfRaw(context, hashes)];
  return known.map(({ sha256, file, columns, movedFromFileId, namedRegions: regions }) => {
    const photoId = ids.get(sha256);
    const isRead = columns !== null && columns.exif !== null;
    if (photoId) return { photoId, file: { photoId, file, movedFromFileId, isRead, regions }, columns };
    const rawPhotoId = rawIds.get(sha256);
    if (!rawPhotoId) throw new PhotoEditedError(file.path);
    const raw = { file: { ...file, kind: 'raw' as const }, movedFromFileId, sha256: Buffer.from(sha256, 'hex') };
    return { photoId: rawPhotoId, file: { photoId: rawPhotoId, ...raw }, columns: null };
  });
}

async function ensureSpaces(context: LibraryContext, photos: readonly PreparedPhoto[]): Promise<Map<string, VectorSpace>> {
  const wanted = new Map<string, EmbeddingSpaceToSave>();
  for (const { space } of photos) if (space) wanted.set(canonicalJson(space), space);
  const spaces = new Map<string, VectorSpace>();
  for (const space of wanted.values()) {
    spaces.set(space.name, { spaceId: await ensureSpace(context, space), dimension: space.dimension });
  }
  return spaces;
}
