import type { FaceToSave } from '@photoorg/sdk';
import { clipBox } from '../convert/clip-box.ts';
import { readText } from '../convert/read-value.ts';
import { toFace } from '../convert/to-face.ts';
import { type FoundPhoto, type PhotoFacts, readSha256, toPhoto } from '../convert/to-photo.ts';
import { UnreadableValueError } from '../convert/unreadable-value-error.ts';
import { type CopyJob, endTable, reportRows, startTable } from '../copy-job.ts';
import type { TableCounts, TableTally } from '../copy-report.ts';
import { hashContent, type PhotoPlace } from '../source/photo-places.ts';
import { type ReadRow, SourceReader } from '../source/source-reader.ts';
import { keyText, type SourceValue } from '../source/source-row.ts';
import type { CopiedFace, PhotoCopy } from './photo-copy.ts';
import { saveCopiedPhotos } from './save-copied-photos.ts';

export interface CopiedPhotos {
  /** By the old key. */
  faces: ReadonlyMap<string, CopiedFace>;
  photoCounts: TableCounts;
  faceCounts: TableCounts;
}

/**
 * Step 2: photos, each with its faces and embeddings in one transaction. Photos are known by the hash of their content, faces by
 * their place in the photo, so a second run, or one that goes on after a kill, adds nothing twice.
 */
export async function copyPhotos(job: CopyJob, readFacts: (path: string) => Promise<PhotoFacts | null>): Promise<CopiedPhotos> {
  const photoTally = startTable(job, 'photos');
  const faceTally = startTable(job, 'faces');
  const reader = new SourceReader<'photos'>(job.source, job.layout.photos);
  const faceReader = job.layout.faces ? new SourceReader<'faces'>(job.source, job.layout.faces) : null;
  const faceKeysByPhoto = faceReader?.keysBy('photo') ?? new Map<string, SourceValue[]>();
  const faces = new Map<string, CopiedFace>();
  let batch: PhotoCopy[] = [];

  const save = async () => {
    for (const [key, face] of await saveCopiedPhotos(job, batch, { photoTally, faceTally })) faces.set(key, face);
    batch = [];
    reportRows(job, faceTally);
    reportRows(job, photoTally);
  };

  for (const photoRow of reader.rows()) {
    const faceKeys = faceKeysByPhoto.get(photoRow.key) ?? [];
    faceKeysByPhoto.delete(photoRow.key);
    try {
      const found = await findPhoto(job, reader, photoRow, readFacts);
      const faceRows = faceKeys.map((key) => faceReader!.get(key));
      const copy = convert(job, { reader, photoRow, found, photoTally }, { faceReader, faceRows, faceTally });
      // One content twice in a batch would be saved as if the first were not there yet.
      if (batch.some((other) => Buffer.from(other.analyzed.photo.sha256).equals(copy.analyzed.photo.sha256))) await save();
      batch.push(copy);
    } catch (error) {
      if (!(error instanceof UnreadableValueError)) throw error;
      photoTally.quarantine(photoRow.key, error.message);
      for (const key of faceKeys) faceTally.quarantine(keyText(key), `Its photo ${photoRow.key} was not copied.`);
    }
    if (batch.length >= job.batchSize) await save();
  }
  await save();
  for (const [photo, orphans] of faceKeysByPhoto) {
    for (const key of orphans) faceTally.quarantine(keyText(key), `There is no photo ${photo}.`);
  }
  return { faces, photoCounts: endTable(job, photoTally), faceCounts: endTable(job, faceTally) };
}

/** Everything about a photo that its row does not say, or does not say reliably. */
async function findPhoto(
  job: CopyJob,
  reader: SourceReader<'photos'>,
  { row }: ReadRow,
  readFacts: (path: string) => Promise<PhotoFacts | null>,
): Promise<Omit<FoundPhoto, 'boxes'>> {
  const path = readText(reader.value(row, 'path'));
  const place = path === null ? null : await job.places.look(path);
  const facts = place?.file ? await readFacts(place.absolutePath) : null;
  const sha256 = readSha256(reader.value(row, 'sha256')) ?? (await hashOf(job, place));
  const filesize = Number(reader.value(row, 'filesize') ?? 0);
  return {
    sha256,
    facts,
    file: place && job.places.toFileRow(place, Number.isSafeInteger(filesize) && filesize >= 0 ? filesize : 0),
    modifiedAt: place?.file?.modifiedAt ?? null,
  };
}

async function hashOf(job: CopyJob, place: PhotoPlace | null): Promise<Uint8Array> {
  if (place?.file) return hashContent(place.absolutePath, job.signal);
  throw new UnreadableValueError(
    `The row has no sha256, and there is no file ${place?.absolutePath ?? ''} to take it from. Mount the photos (or name their folder) and run again.`,
  );
}

function convert(
  job: CopyJob,
  photo: { reader: SourceReader<'photos'>; photoRow: ReadRow; found: Omit<FoundPhoto, 'boxes'>; photoTally: TableTally },
  children: { faceReader: SourceReader<'faces'> | null; faceRows: ReadRow[]; faceTally: TableTally },
): PhotoCopy {
  const converted = children.faceRows.flatMap((faceRow) => {
    try {
      return [{ key: faceRow.key, face: toFace(children.faceReader!, faceRow, job.space.dimension, children.faceTally) }];
    } catch (error) {
      if (!(error instanceof UnreadableValueError)) throw error;
      children.faceTally.quarantine(faceRow.key, error.message);
      return [];
    }
  });
  const boxes = converted.map(({ face }) => face.box);
  const photoToSave = toPhoto(photo.reader, photo.photoRow, { ...photo.found, boxes }, photo.photoTally);

  const faces: FaceToSave[] = [];
  const faceKeys: string[] = [];
  for (const { key, face } of converted) {
    const box = clipBox(face.box, photoToSave);
    if (box) {
      faces.push({ ...face, box });
      faceKeys.push(key);
    } else
      children.faceTally.quarantine(key, `Its box lies outside the photo of ${photoToSave.width}x${photoToSave.height} pixels.`);
  }
  const hasEmbeddings = faces.some((face) => face.embedding !== null);
  const wasSearched = faces.length > 0 || photo.reader.value(photo.photoRow.row, 'facesDetectedAt') !== null;
  return {
    analyzed: { photo: photoToSave, faces: wasSearched ? faces : null, space: hasEmbeddings ? job.space : null },
    faceKeys,
  };
}
