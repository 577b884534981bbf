import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderThumbnail, scanPhotos } from '@photoorg/ingest';
import type { EmbeddingSpaceToSave, FaceToSave, PhotoLibrary } from '@photoorg/sdk';

export interface FilledLibrary extends AsyncDisposable {
  /** Where the photos lie. */
  folder: string;
  /** Three photos, in the order of their names. */
  photoIds: string[];
  /** Two photos of Ada, one of Bob, and one face near Ada's that nobody has named. */
  faces: { ada: string[]; bob: string; unknown: string };
  people: { ada: string; bob: string };
  space: EmbeddingSpaceToSave;
}

const DIMENSION = 128;

const space: EmbeddingSpaceToSave = {
  name: 'test-space',
  model: 'test',
  modelVersion: '1',
  weightsSha256: '0'.repeat(64),
  alignment: 'none',
  dimension: DIMENSION,
  metric: 'l2',
  quantisation: 'none',
};

/** A vector of its own direction for each person, a small step away from it for each of their faces. */
export function embeddingOf(person: number, step = 0): Float32Array {
  return Float32Array.from(
    { length: DIMENSION },
    (_, index) => (index === person ? 1 : 0) + (index === DIMENSION - 1 ? step * 0.05 : 0),
  );
}

/** Fills an empty library with three real photos, indexed from a folder of their own, and four faces in them. */
export async function fillLibrary(library: PhotoLibrary): Promise<FilledLibrary> {
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-api-'));
  const samples = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');
  for (const name of ['sample1.jpg', 'sample2.jpg', 'sample3.jpg']) await copyFile(join(samples, name), join(folder, name));

  const photoIds = await savePhotos(library, folder);
  const crop = await renderThumbnail(join(folder, 'sample1.jpg'), { size: 64 });
  const [ada1, bob, ada2, unknown] = await library.faces.saveMany(
    [
      { photoId: photoIds[0]!, face: faceAt(100, embeddingOf(1), crop) },
      { photoId: photoIds[0]!, face: faceAt(300, embeddingOf(2), null) },
      { photoId: photoIds[1]!, face: faceAt(100, embeddingOf(1, 1), null) },
      { photoId: photoIds[2]!, face: faceAt(100, embeddingOf(1, 2), null) },
    ],
    space,
  );
  const ada = await library.people.create({ displayName: 'Ada', actor: 'test' });
  const bobby = await library.people.create({ displayName: 'Bob', actor: 'test' });
  await library.labels.confirmMany({ faceIds: [ada1!, ada2!], personId: ada.personId, actor: 'test' });
  await library.labels.confirm({ faceId: bob!, personId: bobby.personId, actor: 'test' });
  return {
    folder,
    photoIds,
    faces: { ada: [ada1!, ada2!], bob: bob!, unknown: unknown! },
    people: { ada: ada.personId, bob: bobby.personId },
    space,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function savePhotos(library: PhotoLibrary, folder: string): Promise<string[]> {
  const found: { path: string; photoId: string }[] = [];
  for await (const item of scanPhotos({ root: folder })) {
    if (item.kind !== 'photo')
      throw new Error(`${item.file.path} was not read.`, { cause: 'error' in item ? item.error : item.kind });
    const [saved] = await library.photos.saveAnalyzed([{ photo: item.photo, faces: [], space: null }]);
    found.push({ path: item.file.path, photoId: saved!.photoId });
  }
  return found.sort((a, b) => a.path.localeCompare(b.path)).map(({ photoId }) => photoId);
}

function faceAt(x: number, embedding: Float32Array, crop: Uint8Array | null): FaceToSave {
  return {
    box: { x, y: 50, width: 80, height: 80 },
    landmarks: [[x + 20, 70]],
    score: 0.9,
    quality: { sharpness: 0.5 },
    crop,
    embedding,
    detector: 'test',
    provenance: { detector: 'test' },
  };
}
