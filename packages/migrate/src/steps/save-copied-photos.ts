import { type Face, type FaceBox, type FaceToSave, matchBoxes, type Photo } from '@photoorg/sdk';
import { clipBox } from '../convert/clip-box.ts';
import type { CopyJob } from '../copy-job.ts';
import type { TableTally } from '../copy-report.ts';
import type { CopiedFace, PhotoCopy } from './photo-copy.ts';

/** Saves a batch; gives every old face key the face that now stands for it. */
export async function saveCopiedPhotos(
  job: CopyJob,
  batch: readonly PhotoCopy[],
  tallies: { photoTally: TableTally; faceTally: TableTally },
): Promise<Map<string, CopiedFace>> {
  const faces = new Map<string, CopiedFace>();
  const unseen: PhotoCopy[] = [];
  for (const copy of batch) {
    const stored = await job.library.photos.findBySha256(copy.analyzed.photo.sha256);
    if (stored) {
      tallies.photoTally.counts.known += 1;
      for (const [key, face] of await addFaces(job, stored, copy, tallies.faceTally)) faces.set(key, face);
    } else unseen.push(copy);
  }

  const saved = job.dryRun
    ? []
    : await job.library.photos.saveAnalyzed(
        unseen.map((copy) => copy.analyzed),
        { signal: job.signal },
      );
  tallies.photoTally.counts.added += unseen.length;
  for (const [index, { faceKeys }] of unseen.entries()) {
    tallies.faceTally.counts.added += faceKeys.length;
    for (const [position, key] of faceKeys.entries())
      faces.set(key, { faceId: saved[index]?.faceIds[position] ?? null, isNew: true });
  }
  return faces;
}

/**
 * Faces for a photo that the library has already, copied earlier or found by photoorg itself: what photoorg read from the photo is
 * better than the old row and stays, and so do the faces it knows; only faces it does not know are added.
 */
async function addFaces(job: CopyJob, stored: Photo, copy: PhotoCopy, tally: TableTally): Promise<Map<string, CopiedFace>> {
  const { faces: known } = await job.library.photos.getWithFaces(stored.photoId);
  const faces = new Map<string, CopiedFace>();
  const missing: { key: string; face: FaceToSave }[] = [];
  const matches = matchBoxes(
    copy.faceKeys.map((_, index) => faceAt(copy, index).box),
    known.map(boxOf),
  );
  for (const [index, key] of copy.faceKeys.entries()) {
    const match = matches[index];
    const box = clipBox(faceAt(copy, index).box, stored);
    if (match !== null && match !== undefined) {
      faces.set(key, { faceId: known[match]!.faceId, isNew: false });
      tally.counts.known += 1;
    } else if (box) missing.push({ key, face: { ...faceAt(copy, index), box } });
    else tally.quarantine(key, `Its box lies outside the photo of ${stored.width}x${stored.height} pixels.`);
  }
  const rows = missing.map(({ face }) => ({ photoId: stored.photoId, face }));
  const ids = job.dryRun || rows.length === 0 ? [] : await job.library.faces.saveMany(rows, copy.analyzed.space);
  for (const [index, { key }] of missing.entries()) faces.set(key, { faceId: ids[index] ?? null, isNew: true });
  tally.counts.added += missing.length;
  return faces;
}

function faceAt(copy: PhotoCopy, index: number): FaceToSave {
  return copy.analyzed.faces![index]!;
}

function boxOf(face: Face): FaceBox {
  return face.box;
}
