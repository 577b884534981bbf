import { PhotoEditedError } from '../errors/photo-edited-error.ts';
import { lockIdentity } from '../identity/change-identity.ts';
import { gatherStatistics } from '../library/gather-statistics.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingSpaceToSave } from '../model/embedding-space.ts';
import type { SavedPhoto } from '../model/photos.ts';
import { canonicalJson } from '../values/canonical-json.ts';
import { carryIdentities } from './edits/carry-identities.ts';
import { continuePhotos } from './edits/continue-photos.ts';
import { findEarlierPhotos } from './edits/find-earlier-photos.ts';
import type { VectorSpace } from './rows/copy-faces.ts';
import type { KnownFileToStore, PhotoToStore } from './rows/photo-to-store.ts';
import type { PreparedPhoto } from './rows/prepare-photo.ts';
import { refreshPhotos } from './rows/refresh-photos.ts';
import { type DetectedPhoto, saveDetectedFaces } from './rows/save-detected-faces.ts';
import { ensureSpace } from './rows/spaces.ts';
import { noteUnsettled, spansOf } from './rows/unsettled-spans.ts';
import { type FileOfPhoto, upsertFiles } from './rows/upsert-files.ts';
import { findPhotoIds, findPhotoIdsOfRaw, type UpsertedPhoto, upsertPhotos } from './rows/upsert-photos.ts';

/**
 * Stores a batch in one transaction: photos, their files, faces and vectors. The same content twice in one batch is one photo with
 * two files. A photo that was edited in place stays that photo, or what was said of its faces is taken over to the new one; contents
 * that are held (hex) stay with their photos. Results are in the order of `photos`.
 */
export async function savePhotos(
  context: LibraryContext,
  photos: readonly PhotoToStore[],
  options: { runId?: string | null; knownFiles?: readonly KnownFileToStore[]; heldContents?: ReadonlySet<string> } = {},
): Promise<SavedPhoto[]> {
  const { runId = null, heldContents = new Set<string>() } = options;
  return context.transaction(async (transaction) => {
    const prepared = photos.map(({ photo }) => photo);
    const byContent = [...Map.groupBy(prepared, (photo) => photo.sha256).values()];
    const hashes = byContent.map(([photo]) => photo!.sha256);
    const earlier = await findEarlierPhotos(transaction, photos);
    // Whoever labels faces has this lock, too, and it comes before those on photos and faces.
    if (earlier.length > 0) await lockIdentity(transaction);
    const continued = await continuePhotos(transaction, prepared, earlier, { runId, heldContents });
    const spansBefore = await spansOf(transaction, hashes);
    const upserted = await upsertCopies(transaction, byContent, runId);
    const changedHashes = hashes.filter((hash) => upserted.get(hash)!.change !== 'none');
    if (changedHashes.length > 0)
      await noteUnsettled(transaction, [...spansBefore, ...(await spansOf(transaction, changedHashes))]);

    // The row of a file that was moved and edited stays with its photo, unless that has gone on with the new content.
    const others = new Set(earlier.flatMap(({ fileId, photoId }) => (continued.has(photoId) ? [] : (fileId ?? []))));
    const files: FileOfPhoto[] = photos.flatMap(({ photo, movedFromFileId }) =>
      photo.file
        ? [
            {
              photoId: upserted.get(photo.sha256)!.photoId,
              file: photo.file,
              movedFromFileId: others.has(movedFromFileId ?? '') ? null : movedFromFileId,
            },
          ]
        : [],
    );
    files.push(...(await resolveKnownFiles(transaction, options.knownFiles ?? [])));
    const { changed, displaced } = await upsertFiles(transaction, files, runId);

    const analysed = byContent.flatMap((copies) => copies.find((copy) => copy.faces !== null) ?? []);
    const spaces = await ensureSpaces(transaction, analysed);
    const detected: DetectedPhoto[] = analysed.flatMap(({ sha256, faces, space }) =>
      faces ? [{ photoId: upserted.get(sha256)!.photoId, faces, space: space && spaces.get(space.name)! }] : [],
    );
    const faceIds = await saveDetectedFaces(transaction, detected, runId);
    const states = earlier.map(({ index, photoId }) => ({ from: photoId, to: upserted.get(prepared[index]!.sha256)!.photoId }));
    await carryIdentities(
      transaction,
      states.filter(({ from, to }) => from !== to && faceIds.has(to)),
    );

    const touched = [...upserted.values()].map(({ photoId }) => photoId);
    await refreshPhotos(transaction, [...touched, ...changed, ...displaced]);
    const found = detected.reduce((sum, { faces }) => sum + faces.length, 0);
    await gatherStatistics(transaction, 'photos', changedHashes.length + found);
    return photos.map(({ photo }) => {
      const { photoId, change } = upserted.get(photo.sha256)!;
      const updated = change === 'updated' || changed.has(photoId) || continued.has(photoId) || faceIds.has(photoId);
      return {
        photoId,
        status: change === 'created' ? 'created' : updated ? 'updated' : 'known',
        faceIds: faceIds.get(photoId) ?? [],
      };
    });
  });
}

/** Copies of one content are saved one after the other, as if they had come apart: each may know what the others do not. */
async function upsertCopies(
  context: LibraryContext,
  byContent: readonly PreparedPhoto[][],
  runId: string | null,
): Promise<Map<string, UpsertedPhoto>> {
  const upserted = new Map<string, UpsertedPhoto>();
  for (let round = 0; ; round++) {
    const copies = byContent.flatMap((all) => all[round] ?? []);
    if (copies.length === 0) return upserted;
    for (const [sha256, photo] of await upsertPhotos(context, copies, runId)) {
      const earlier = upserted.get(sha256);
      if (!earlier || earlier.change === 'none') upserted.set(sha256, photo);
    }
  }
}

async function resolveKnownFiles(context: LibraryContext, known: readonly KnownFileToStore[]): Promise<FileOfPhoto[]> {
  if (known.length === 0) return [];
  const hashes = known.map(({ sha256 }) => sha256);
  const [ids, rawIds] = [await findPhotoIds(context, hashes), await findPhotoIdsOfRaw(context, hashes)];
  return known.flatMap(({ sha256, file, movedFromFileId }) => {
    const photoId = ids.get(sha256);
    if (photoId) return [{ photoId, file, movedFromFileId }];
    const rawPhotoId = rawIds.get(sha256);
    if (!rawPhotoId) throw new PhotoEditedError(file.path);
    const raw = { file: { ...file, kind: 'raw' as const }, movedFromFileId, sha256: Buffer.from(sha256, 'hex') };
    return [{ photoId: rawPhotoId, ...raw }];
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
