import type { Face, PhotoLibrary } from '@photoorg/sdk';
import { openTestLibrary } from '@photoorg/sdk/testing';
import { describe, expect, it } from 'vitest';
import { type CopyIssue, type CopyProgress, copySqliteToPostgres, faceRecognitionSpace, MigrateError } from '../src/index.ts';
import { embeddingOf, makeOldLibrary, makeUsualLibrary, sha256Of } from './old-library.ts';

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function allFaces(library: PhotoLibrary): Promise<Face[]> {
  return collect(library.faces.iterate());
}

/** The new face of an old key. */
async function faceOf(library: PhotoLibrary, key: string): Promise<Face> {
  const face = (await allFaces(library)).find(({ provenance }) => (provenance.imported as { key: string }).key === key);
  if (!face) throw new Error(`No face was made of ${key}.`);
  return face;
}

async function eventsOf(library: PhotoLibrary): Promise<number> {
  return (await collect(library.labels.events())).length;
}

describe('copying an old library', () => {
  it('brings people, photos, faces, embeddings and labels over', async () => {
    await using old = await makeUsualLibrary();
    await using test = await openTestLibrary();
    const { library } = test;
    const result = await copySqliteToPostgres({ sqlite: old.file, library });

    expect(result.complete).toBe(true);
    expect(result.tables).toMatchObject([
      { table: 'people', rows: 2, added: 2 },
      { table: 'photos', rows: 2, added: 2 },
      { table: 'faces', rows: 4, added: 4 },
      { table: 'face_labels', rows: 4, added: 3, superseded: 1 },
    ]);

    const people = await library.people.list();
    expect(people.items.map((person) => person.displayName)).toEqual(['Ann', 'Bo']);
    const beach = await library.photos.findBySha256(sha256Of('beach'));
    expect(beach).toMatchObject({
      phash: 'ff00ff00ff00ff00',
      filesize: 3_000_000_000,
      ext: 'jpg',
      mime: 'image/jpeg',
      shotAt: null,
      shotLocal: '2019-07-06T11:22:33',
      shotSource: 'exif:DateTimeOriginal',
      facesCount: 2,
      width: 400,
      height: 150,
    });
    expect(beach?.path).toMatch(/2019\/beach\.jpg$/);

    const annAtBeach = await faceOf(library, 'ann-beach');
    expect(annAtBeach).toMatchObject({
      photoId: beach?.photoId,
      box: { x: 10, y: 40, width: 100, height: 110 },
      detector: 'hog',
      source: 'imported',
      label: { displayName: 'Ann', source: 'human_confirmed' },
    });
    expect((await faceOf(library, 'bo-beach')).label).toMatchObject({ displayName: 'Bo', source: 'imported', confidence: 1 });
    expect((await faceOf(library, 'ann-party')).label).toMatchObject({
      displayName: 'Ann',
      source: 'model_guess',
      confidence: 0.75,
    });
    expect((await faceOf(library, 'stranger-party')).label).toBeNull();
    const [event] = await library.labels.history({ faceId: annAtBeach.faceId });
    expect(event).toMatchObject({ actor: 'import', provenance: { imported: { row: { label_source: 'human_confirmed' } } } });

    // The same vector, once stored as float64 bytes and once as text.
    const { space, embedding } = await library.faces.embedding(annAtBeach.faceId);
    expect(space).toBe(faceRecognitionSpace.name);
    expect(embedding).toEqual(Float32Array.from(embeddingOf('ann')));
    const [nearest, next] = await library.search.similarFaces({ faceId: annAtBeach.faceId });
    expect(nearest).toMatchObject({ distance: 0, face: { faceId: (await faceOf(library, 'ann-party')).faceId } });
    expect(next?.face.faceId).toBe((await faceOf(library, 'bo-beach')).faceId);
  });

  it('adds nothing the second time', async () => {
    await using old = await makeUsualLibrary();
    await using test = await openTestLibrary();
    const { library } = test;
    await copySqliteToPostgres({ sqlite: old.file, library });
    const before = { faces: await allFaces(library), events: await eventsOf(library), people: await library.people.list() };
    const again = await copySqliteToPostgres({ sqlite: old.file, library });
    expect(again.complete).toBe(true);
    expect(again.tables.map(({ added }) => added)).toEqual([0, 0, 0, 0]);
    expect(again.tables.map(({ known }) => known)).toEqual([2, 2, 4, 3]);
    expect({ faces: await allFaces(library), events: await eventsOf(library), people: await library.people.list() }).toEqual(
      before,
    );
  });

  it('goes on where it was stopped', async () => {
    await using old = await makeUsualLibrary();
    await using test = await openTestLibrary();
    const { library } = test;
    const controller = new AbortController();
    const stopAfterFirstPhoto = ({ table, step, done }: CopyProgress) => {
      if (table === 'photos' && step === 'rows' && done === 1) controller.abort(new Error('enough'));
    };
    const stopped = copySqliteToPostgres({
      sqlite: old.file,
      library,
      batchSize: 1,
      signal: controller.signal,
      onProgress: stopAfterFirstPhoto,
    });
    await expect(stopped).rejects.toThrow('enough');
    expect((await library.photos.list()).total).toBe(1);

    const { tables } = await copySqliteToPostgres({ sqlite: old.file, library, batchSize: 1 });
    expect(tables.map(({ added, known }) => ({ added, known }))).toEqual([
      { added: 0, known: 2 },
      { added: 1, known: 1 },
      { added: 2, known: 2 },
      { added: 3, known: 0 },
    ]);
    expect(await allFaces(library)).toHaveLength(4);
  });

  it('says in a dry run what the real run would do, and does nothing', async () => {
    await using old = await makeUsualLibrary();
    await using test = await openTestLibrary();
    const { library } = test;
    const dry = await copySqliteToPostgres({ sqlite: old.file, library, dryRun: true });
    expect((await library.photos.list()).total).toBe(0);
    expect(await eventsOf(library)).toBe(0);
    expect(await copySqliteToPostgres({ sqlite: old.file, library })).toEqual(dry);
  });

  it('announces start, rows and end of every table with its counts', async () => {
    await using old = await makeUsualLibrary();
    await using test = await openTestLibrary();
    const progress: CopyProgress[] = [];
    await copySqliteToPostgres({ sqlite: old.file, library: test.library, onProgress: (step) => progress.push(step) });
    for (const [table, total] of Object.entries({ people: 2, photos: 2, faces: 4, face_labels: 4 })) {
      const steps = progress.filter((step) => step.table === table);
      expect(steps[0]).toEqual({ table, step: 'start', done: 0, total });
      expect(steps.at(-1)).toEqual({ table, step: 'end', done: total, total });
    }
  });
});

describe('what people said in the new library', () => {
  it('is not taken back: a changed name stays changed, a removed one removed', async () => {
    await using old = await makeUsualLibrary();
    await using test = await openTestLibrary();
    const { library } = test;
    await copySqliteToPostgres({ sqlite: old.file, library });
    const cy = await library.people.create({ displayName: 'Cy', actor: 'test' });
    const changed = await faceOf(library, 'bo-beach');
    const removed = await faceOf(library, 'ann-beach');
    await library.labels.confirm({ faceId: changed.faceId, personId: cy.personId, actor: 'test' });
    await library.labels.clear({ faceId: removed.faceId, actor: 'test' });

    const { tables } = await copySqliteToPostgres({ sqlite: old.file, library });
    expect(tables[3]).toMatchObject({ added: 0, known: 1, superseded: 3, quarantined: 0 });
    expect((await library.faces.get(changed.faceId)).label).toMatchObject({ displayName: 'Cy' });
    expect((await library.faces.get(removed.faceId)).label).toBeNull();
  });

  it('holds for people too: one that was renamed or merged is found again', async () => {
    await using old = await makeUsualLibrary();
    await using test = await openTestLibrary();
    const { library } = test;
    await copySqliteToPostgres({ sqlite: old.file, library });
    const [ann, bo] = (await library.people.list()).items;
    await library.people.rename(ann!.personId, 'Anna', { actor: 'test' });
    await library.people.merge({ fromId: bo!.personId, intoId: ann!.personId, actor: 'test', allowSamePhoto: true });
    const { tables } = await copySqliteToPostgres({ sqlite: old.file, library });
    expect(tables[0]).toMatchObject({ added: 0, known: 2 });
    expect((await library.people.list()).items.map((person) => person.displayName)).toEqual(['Anna']);
  });

  it('a face that photoorg found at the same place takes the old name', async () => {
    await using old = await makeUsualLibrary();
    await using test = await openTestLibrary();
    const { library } = test;
    await using other = await openTestLibrary();
    await copySqliteToPostgres({ sqlite: old.file, library: other.library });
    const beach = (await other.library.photos.findBySha256(sha256Of('beach')))!;
    const found = { x: 14, y: 44, width: 100, height: 100 };
    const unknownShot = { at: null, local: null, offsetMinutes: null, zone: null, source: null, precision: null, candidates: [] };
    const [saved] = await library.photos.saveAnalyzed([
      {
        photo: {
          sha256: Buffer.from(beach.sha256, 'hex'),
          phash: null,
          mime: 'image/jpeg',
          ext: 'jpg',
          filesize: 5,
          width: 1920,
          height: 1080,
          orientation: 1,
          createdAt: null,
          modifiedAt: null,
          shot: unknownShot,
          latitude: null,
          longitude: null,
          altitude: null,
          cameraMake: 'SONY',
          cameraModel: null,
          lens: null,
          title: null,
          caption: null,
          keywords: [],
          rating: null,
          exif: null,
          thumbhash: null,
          file: null,
        },
        faces: [
          {
            box: found,
            landmarks: null,
            score: 0.9,
            quality: null,
            crop: null,
            embedding: null,
            detector: 'faceboxes',
            provenance: {},
          },
        ],
        space: null,
      },
    ]);

    const { tables } = await copySqliteToPostgres({ sqlite: old.file, library });
    expect(tables[2]).toMatchObject({ added: 3, known: 1 });
    expect(await library.faces.get(saved!.faceIds[0]!)).toMatchObject({
      box: found,
      detector: 'faceboxes',
      label: { displayName: 'Ann' },
    });
    expect(await library.photos.get(saved!.photoId)).toMatchObject({ width: 1920, cameraMake: 'SONY', facesCount: 2 });
  });
});

describe('rows that cannot be copied', () => {
  it('are named with the reason, and the rest is copied', async () => {
    await using old = await makeUsualLibrary();
    old.insert('people', { person_id: 'p-nobody', display_name: '  ' });
    old.insert('photos', { photo_id: 'unhashed', path: 'nowhere.jpg' });
    old.insert('photos', { photo_id: 'spoilt', path: 'spoilt.jpg', sha256: 'not a hash' });
    const box = { bbox_x: 0, bbox_y: 0, bbox_w: 50, bbox_h: 50 };
    old.insert('faces', { ...box, face_id: 'orphan', photo_id: 'gone' });
    old.insert('faces', { ...box, face_id: 'of-unhashed', photo_id: 'unhashed' });
    old.insert('faces', { ...box, face_id: 'flat', photo_id: 'party', bbox_w: 0 });
    old.insert('face_labels', { face_id: 'orphan', person_id: 'p-ann', label_source: 'human_confirmed' });
    old.insert('face_labels', { face_id: 'stranger-party', person_id: 'p-nobody', label_source: 'human_confirmed' });
    await using test = await openTestLibrary();
    const { library } = test;
    const issues: CopyIssue[] = [];
    const { complete, tables } = await copySqliteToPostgres({
      sqlite: old.file,
      library,
      onIssue: (issue) => issues.push(issue),
    });

    expect(complete).toBe(false);
    expect(tables.map(({ quarantined }) => quarantined)).toEqual([1, 2, 3, 2]);
    expect(tables.map(({ added }) => added)).toEqual([2, 2, 4, 3]);
    for (const { rows, added, known, superseded, quarantined } of tables)
      expect(added + known + superseded + quarantined).toBe(rows);
    expect(
      issues
        .filter(({ table }) => table !== 'face_labels')
        .map(({ table, key }) => `${table} ${key}`)
        .sort(),
    ).toEqual(['faces flat', 'faces of-unhashed', 'faces orphan', 'people p-nobody', 'photos spoilt', 'photos unhashed']);
    for (const { kind, reason } of issues) {
      expect(kind).toBe('row_quarantined');
      expect(reason).not.toBe('');
    }
  });

  it('lose only the value that is spoilt where they can do without it', async () => {
    await using old = await makeUsualLibrary();
    old.run(`UPDATE photos SET shot_ts = 'once', phash = 'x' WHERE photo_id = 'beach';
      UPDATE faces SET embedding = x'0011', bitmap = x'00' WHERE face_id = 'ann-beach';
      UPDATE face_labels SET confidence = 7 WHERE face_id = 'bo-beach'`);
    await using test = await openTestLibrary();
    const { library } = test;
    const issues: CopyIssue[] = [];
    const { complete, tables } = await copySqliteToPostgres({
      sqlite: old.file,
      library,
      onIssue: (issue) => issues.push(issue),
    });

    expect(complete).toBe(false);
    expect(tables.map(({ incomplete, quarantined }) => ({ incomplete, quarantined }))).toEqual([
      { incomplete: 0, quarantined: 0 },
      { incomplete: 1, quarantined: 0 },
      { incomplete: 1, quarantined: 0 },
      { incomplete: 1, quarantined: 0 },
    ]);
    expect(issues.map(({ column }) => column).sort()).toEqual(['bitmap', 'confidence', 'embedding', 'phash', 'shot_ts']);
    expect((await faceOf(library, 'ann-beach')).label).toMatchObject({ displayName: 'Ann' });
    expect((await library.photos.findBySha256(sha256Of('beach')))?.shotLocal).toBeNull();
  });

  it('do not make two people one: a person twice in a photo is reported', async () => {
    await using old = await makeUsualLibrary();
    old.insert('faces', { face_id: 'twin', photo_id: 'beach', bbox_x: 200, bbox_y: 0, bbox_w: 50, bbox_h: 50 });
    old.insert('face_labels', { face_id: 'twin', person_id: 'p-ann', label_source: 'human_confirmed' });
    await using test = await openTestLibrary();
    const issues: CopyIssue[] = [];
    await copySqliteToPostgres({ sqlite: old.file, library: test.library, onIssue: (issue) => issues.push(issue) });
    expect(issues).toMatchObject([{ table: 'face_labels', reason: expect.stringContaining('PERSON_ALREADY_IN_PHOTO') }]);
  });
});

describe('an old library of another make', () => {
  it('is read by its own key and column names, integers included', async () => {
    await using old = await makeOldLibrary(`
      CREATE TABLE people (nr INTEGER PRIMARY KEY, name TEXT);
      CREATE TABLE photos (nr INTEGER PRIMARY KEY, file_path TEXT, sha256 BLOB, width INT, height INT, shot_ts INT);
      CREATE TABLE faces (code TEXT, picture INT REFERENCES photos, x REAL, y REAL, w REAL, h REAL, encoding TEXT);
      CREATE TABLE face_labels (face TEXT, who INT REFERENCES people, face_id TEXT);`);
    old.insert('people', { nr: 1, name: 'Ann' });
    old.insert('photos', {
      nr: 9,
      file_path: '/photos/a.png',
      sha256: Buffer.from(sha256Of('a'), 'hex'),
      width: 640,
      height: 480,
      shot_ts: 1_562_404_953,
    });
    old.insert('faces', {
      code: 'f',
      picture: 9,
      x: -4.4,
      y: 10.2,
      w: 100,
      h: 600,
      encoding: JSON.stringify(embeddingOf('ann')),
    });
    old.insert('face_labels', { face_id: 'f', who: 1 });
    await using test = await openTestLibrary();
    const { library } = test;
    const { complete } = await copySqliteToPostgres({ sqlite: old.file, library, pkColumns: { faces: 'code' } });
    expect(complete).toBe(true);
    const photo = await library.photos.findBySha256(sha256Of('a'));
    expect(photo).toMatchObject({ path: '/photos/a.png', mime: 'image/png', width: 640, height: 480 });
    expect(photo?.shotAt?.toISOString()).toBe('2019-07-06T09:22:33.000Z');
    expect(await faceOf(library, 'f')).toMatchObject({
      box: { x: 0, y: 10, width: 96, height: 470 },
      label: { displayName: 'Ann', source: 'imported' },
    });
  });

  it('is refused when it is no file or no database', async () => {
    await using test = await openTestLibrary();
    for (const sqlite of ['missing.db', 'package.json']) {
      const copy = copySqliteToPostgres({ sqlite, library: test.library });
      await expect(copy).rejects.toThrow(MigrateError);
      await expect(copy).rejects.toMatchObject({ code: 'SQLITE_UNREADABLE' });
    }
  });
});
