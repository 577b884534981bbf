import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFaces } from '../src/catalog/faces.ts';
import { findReplayDifferences } from '../src/identity/replay.ts';
import { type FaceToSave, indexPhotos, type PhotoLibrary } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';

import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample } from './support/photo-folder.ts';
import { writeRegionSidecar } from './support/region-sidecar.ts';
import { openSampleLibrary } from './support/sample-library.ts';
import { sampleAnalyzed, sampleFace } from './support/sample-photos.ts';
import { snapshotLibrary } from './support/snapshot-library.ts';

const actor = 'mia';
const given = useLibraryAndFolder();
const vision = useFaceAnalyzer();
let shared: LibraryContext;
beforeAll(() => {
  shared = given.context;
});

describe('of a photo with one face', () => {
  const at = (x: number) => ({ x, y: 20, width: 100, height: 100 });
  let library: Awaited<ReturnType<typeof openSampleLibrary>>;
  let context: LibraryContext;
  let faces: ReturnType<typeof createFaces>;
  let photoId: string;
  let found: string;
  let content: string;

  /** What a detector finds in the photo at these places. */
  const detect = async (...boxes: FaceToSave['box'][]) => {
    const [saved] = await library.photos.saveAnalyzed([
      sampleAnalyzed(
        content,
        boxes.map((box) => sampleFace(box)),
      ),
    ]);
    return saved!;
  };
  const boxes = async () =>
    (await library.photos.getWithFaces(photoId)).faces.map(
      ({ box, source, label }) => `${box.x} ${source} ${label?.displayName ?? '-'}`,
    );

  beforeEach(async () => {
    library = await openSampleLibrary(shared);
    context = library.context;
    faces = createFaces(context);
    content = crypto.randomUUID();
    const saved = await detect(at(10));
    photoId = saved.photoId;
    found = saved.faceIds[0]!;
  });

  test('a face is drawn and named as one batch, which one undo takes back and one more brings again', async () => {
    const ada = await library.people.create({ displayName: 'Ada', actor });
    const before = await snapshotLibrary(context);
    const drawn = await faces.create({ photoId, box: at(500), personId: ada.personId, actor });
    expect(drawn).toMatchObject({
      events: 2,
      box: at(500),
      source: 'manual',
      label: { displayName: 'Ada', source: 'human_confirmed' },
    });
    expect(await library.photos.get(photoId)).toMatchObject({ facesCount: 2 });
    const after = await snapshotLibrary(context);
    const undone = await library.labels.undo({ batchId: drawn.batchId, actor });
    expect(await snapshotLibrary(context)).toEqual(before);
    await library.labels.undo({ batchId: undone.batchId, actor });
    expect(await snapshotLibrary(context)).toEqual(after);
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('a face that was moved keeps its id, its label and what else was said, and an undo brings back its vector', async () => {
    const ada = await library.people.create({ displayName: 'Ada', actor });
    await library.labels.confirm({ faceId: found, personId: ada.personId, actor });
    const before = await snapshotLibrary(context);
    const moved = await faces.move({ faceId: found, box: at(60), actor });
    expect(moved).toMatchObject({ faceId: found, events: 1, box: at(60), source: 'manual', label: { displayName: 'Ada' } });
    await expect(faces.embedding(found)).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    expect(await faces.move({ faceId: found, box: at(60), actor })).toMatchObject({ events: 0 });
    const after = await snapshotLibrary(context);
    const undone = await library.labels.undo({ batchId: moved.batchId, actor });
    expect(await snapshotLibrary(context)).toEqual(before);
    const redone = await library.labels.undo({ batchId: undone.batchId, actor });
    expect(await snapshotLibrary(context)).toEqual(after);
    await library.labels.undo({ batchId: redone.batchId, actor });
    expect(await snapshotLibrary(context)).toEqual(before);
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('a face that was removed comes back with its label, its vector, and all that was said of it', async () => {
    const [ada, bert] = [
      await library.people.create({ displayName: 'Ada' }),
      await library.people.create({ displayName: 'Bert' }),
    ];
    await library.labels.confirm({ faceId: found, personId: ada.personId, actor });
    await library.labels.reject({ faceId: found, personId: bert.personId, actor });
    await library.labels.ignore({ faceIds: [found], reason: 'unclear', actor });
    await library.people.update(ada.personId, { coverFaceId: found }, { actor });
    const before = await snapshotLibrary(context);
    const removed = await faces.remove({ faceIds: [found], actor });
    expect(removed.events).toBe(5);
    expect(await faces.find(found)).toBeNull();
    expect(await library.people.get(ada.personId)).toMatchObject({ facesCount: 0, coverFaceId: null });
    expect(await findReplayDifferences(context)).toEqual([]);
    const undone = await library.labels.undo({ batchId: removed.batchId, actor });
    expect(await snapshotLibrary(context)).toEqual(before);
    await library.labels.undo({ batchId: undone.batchId, actor });
    expect(await faces.find(found)).toBeNull();
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test('what was drawn or moved stands in every later run, and what was removed or left is not found again', async () => {
    await faces.create({ photoId, box: at(500), actor });
    await faces.move({ faceId: found, box: at(200), actor });
    for (let run = 0; run < 2; run++) {
      await detect(at(10), at(750));
      expect(await boxes()).toEqual(['200 manual -', '500 manual -', '750 detected -']);
    }
    const { faceIds } = await detect(at(10), at(750));
    expect(faceIds).toHaveLength(1);
    const { batchId } = await faces.remove({ faceIds, actor });
    await faces.remove({ faceIds: [found], actor });
    await detect(at(750), at(200), at(12));
    expect(await boxes()).toEqual(['500 manual -']);
    await library.labels.undo({ batchId, actor });
    await detect(at(750));
    expect(await boxes()).toEqual(['500 manual -', '750 detected -']);
  });

  test('where a drawing was undone, a face may be found', async () => {
    const { batchId } = await faces.create({ photoId, box: at(500), actor });
    const undone = await library.labels.undo({ batchId, actor });
    await detect(at(10), at(500));
    expect(await boxes()).toEqual(['10 detected -', '500 detected -']);
    await expect(library.labels.undo({ batchId: undone.batchId, actor })).rejects.toMatchObject({ code: 'UNDO_CONFLICT' });
  });

  test('nobody is left behind: what was said of a face, or stands in its place, is undone first', async () => {
    const ada = await library.people.create({ displayName: 'Ada', actor });
    const drawn = await faces.create({ photoId, box: at(500), actor });
    const named = await library.labels.confirm({ faceId: drawn.faceId, personId: ada.personId, actor });
    await expect(library.labels.undo({ batchId: drawn.batchId, actor })).rejects.toMatchObject({ code: 'UNDO_CONFLICT' });
    const removed = await faces.remove({ faceIds: [drawn.faceId], actor });
    await library.labels.confirm({ faceId: found, personId: ada.personId, actor });
    await expect(library.labels.undo({ batchId: removed.batchId, actor })).rejects.toThrow('would stand twice');
    await library.labels.clear({ faceId: found, actor });
    await faces.create({ photoId, box: at(500), actor });
    await expect(library.labels.undo({ batchId: removed.batchId, actor })).rejects.toThrow('stands where');
    await expect(library.labels.undo({ batchId: named.batchId, actor })).rejects.toMatchObject({ code: 'UNDO_CONFLICT' });
    await expect(library.labels.confirm({ faceId: drawn.faceId, personId: ada.personId, actor })).rejects.toMatchObject({
      code: 'FACE_NOT_FOUND',
    });
  });

  test('a face comes back at its place in a picture that has another size by now', async () => {
    const { batchId } = await faces.remove({ faceIds: [found], actor });
    await sql`UPDATE photos SET width = width * 2, height = height * 2 WHERE photo_id = ${photoId}`.execute(context.db);
    await library.labels.undo({ batchId, actor });
    expect(await faces.get(found)).toMatchObject({ box: { x: 20, y: 40, width: 200, height: 200 }, landmarks: null });
    expect(await findReplayDifferences(context)).toEqual([]);
  });

  test.each([
    { desc: 'a box outside the photo', change: { box: { x: 950, y: 0, width: 100, height: 100 } } },
    { desc: 'a box of parts of pixels', change: { box: { x: 1.5, y: 0, width: 100, height: 100 } } },
    { desc: 'no box', change: { box: undefined } },
    { desc: 'a box where a face stands', change: { box: at(10) } },
    { desc: 'nobody who does it', change: { actor: ' ' } },
    { desc: 'an unknown option', change: { person: 'Ada' } },
    { desc: 'an unknown photo', change: { photoId: crypto.randomUUID() }, code: 'PHOTO_NOT_FOUND' },
    { desc: 'an unknown person', change: { personId: crypto.randomUUID() }, code: 'PERSON_NOT_FOUND' },
    { desc: 'an analyzer without a picture', change: { analyzer: true } },
  ])('refuses $desc, and draws nothing', async ({ change, code = 'INVALID_INPUT' }) => {
    const options = { photoId, box: at(500), actor, ...change, ...('analyzer' in change ? { analyzer: vision.analyzer } : {}) };
    const before = await snapshotLibrary(context);
    await expect(faces.create(options as Parameters<typeof faces.create>[0])).rejects.toMatchObject({ code });
    expect(await snapshotLibrary(context)).toEqual(before);
  });

  test('a move and a removal refuse unknown faces and what was said since it was read', async () => {
    const ada = await library.people.create({ displayName: 'Ada', actor });
    await library.labels.confirm({ faceId: found, personId: ada.personId, actor });
    await expect(faces.move({ faceId: found, box: at(60), revision: null, actor })).rejects.toMatchObject({
      code: 'LABEL_CHANGED',
    });
    const stale = { faceIds: [found], revisions: { [found]: null }, actor };
    await expect(faces.remove(stale)).rejects.toMatchObject({ code: 'LABEL_CHANGED' });
    for (const faceId of [crypto.randomUUID(), 'none']) {
      await expect(faces.move({ faceId, box: at(60), actor })).rejects.toMatchObject({ code: 'FACE_NOT_FOUND' });
      await expect(faces.remove({ faceIds: [faceId], actor })).rejects.toMatchObject({ code: 'FACE_NOT_FOUND' });
    }
    expect(await boxes()).toEqual(['10 detected Ada']);
  });
});

describe('of photos in a folder', () => {
  let library: PhotoLibrary;
  let photo: string;

  const index = (options: object = {}) =>
    indexPhotos({ library, root: given.folder, scanPhotos, analyzer: vision.analyzer, ...options });
  const stored = async () => {
    const [one] = (await library.photos.list()).items;
    return library.photos.getWithFaces(one!.photoId);
  };

  beforeEach(async () => {
    library = given.library;
    photo = join(given.folder, 'group.jpg');
    await copySample(3, photo);
  });

  test('a drawn face gets landmarks, a crop and a vector, as the detector’s; a moved one those of its new box', async () => {
    await index();
    const { photoId, faces } = await stored();
    const [first] = faces;
    const detected = await library.faces.embedding(first!.faceId);
    await library.faces.remove({ faceIds: [first!.faceId], actor });
    const { analyzer } = vision;
    const drawn = await library.faces.create({ photoId, box: first!.box, analyzer, actor });
    expect(drawn).toMatchObject({ hasCrop: true, score: null, source: 'manual', landmarks: expect.any(Array) });
    const { embedding } = await library.faces.embedding(drawn.faceId);
    const distance = (other: Float32Array) => Math.sqrt(embedding.reduce((sum, value, i) => sum + (value - other[i]!) ** 2, 0));
    expect(distance(detected.embedding)).toBeLessThan(0.3);
    const box = { ...first!.box, width: first!.box.width - 60, height: first!.box.height - 60 };
    const moved = await library.faces.move({ faceId: drawn.faceId, box, analyzer, image: photo, actor });
    expect(moved).toMatchObject({ box, hasCrop: true });
    const after = await library.faces.embedding(drawn.faceId);
    expect(after.embedding).not.toEqual(embedding);
    await library.labels.undo({ batchId: moved.batchId, actor });
    expect((await library.faces.embedding(drawn.faceId)).embedding).toEqual(embedding);
  });

  test.each([
    { desc: 'by the next run', embed: () => index() },
    { desc: 'when the space is filled', embed: () => library.spaces.fill({ analyzer: vision.analyzer }) },
  ])('a face drawn without an analyzer gets its vector $desc', async ({ embed }) => {
    await index();
    const { photoId, faces } = await stored();
    await library.faces.remove({ faceIds: [faces[0]!.faceId], actor });
    const drawn = await library.faces.create({ photoId, box: faces[0]!.box, actor });
    await embed();
    expect((await library.faces.embedding(drawn.faceId)).embedding).toHaveLength(128);
  });

  test('reading a folder anew neither loses what was drawn nor finds again what was removed, named by a file or not', async () => {
    const { width, height, faces: found } = await vision.analyzer.analyze(photo);
    const [named, other] = found;
    await writeRegionSidecar(photo, { width, height }, [{ name: 'Ada', box: named!.box }]);
    await index();
    const before = await stored();
    const ada = before.faces.find(({ label }) => label?.displayName === 'Ada')!;
    const stranger = before.faces.find(({ box }) => box.x === other!.box.x)!;
    const drawn = await library.faces.create({ photoId: before.photoId, box: { x: 2, y: 2, width: 40, height: 40 }, actor });
    const { batchId } = await library.faces.remove({ faceIds: [ada.faceId, stranger.faceId], actor });
    for (const options of [{ reread: true }, {}]) {
      await index(options);
      const now = (await stored()).faces.map(({ faceId }) => faceId);
      expect(now.toSorted()).toEqual(
        [...before.faces.map(({ faceId }) => faceId), drawn.faceId]
          .filter((id) => id !== ada.faceId && id !== stranger.faceId)
          .toSorted(),
      );
      await copyFile(photo, join(given.folder, 'copy.jpg'));
    }
    await library.labels.undo({ batchId, actor });
    await index({ reread: true });
    expect(await library.faces.get(ada.faceId)).toMatchObject({ label: { displayName: 'Ada' } });
    expect((await stored()).faces).toHaveLength(before.faces.length + 1);
  });
});
