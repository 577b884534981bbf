import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

export interface OldLibrary extends AsyncDisposable {
  readonly folder: string;
  readonly file: string;
  insert(table: string, row: Record<string, SQLInputValue>): void;
  run(sql: string): void;
}

/** The schema that libraries of the kind had, as SQLite writes it down. */
export const usualSchema = `
  CREATE TABLE photos (photo_id TEXT PRIMARY KEY, path TEXT, sha256 TEXT, phash TEXT, filesize INT, ext TEXT,
    created_ts TEXT, modified_ts TEXT, shot_ts TEXT, shot_ts_source TEXT, faces_count INT, faces_detected_ts TEXT);
  CREATE TABLE faces (face_id TEXT PRIMARY KEY, photo_id TEXT REFERENCES photos (photo_id),
    bbox_x INT, bbox_y INT, bbox_w INT, bbox_h INT, bitmap BLOB, embedding BLOB, provenance TEXT);
  CREATE TABLE people (person_id TEXT PRIMARY KEY, display_name TEXT, created_ts TEXT);
  CREATE TABLE face_labels (face_id TEXT REFERENCES faces (face_id), person_id TEXT REFERENCES people (person_id),
    label_source TEXT, confidence REAL, created_ts TEXT);`;

/** An SQLite file in a folder of its own. */
export async function makeOldLibrary(schema = usualSchema): Promise<OldLibrary> {
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-migrate-'));
  const file = join(folder, 'old.db');
  const run = (sql: string) => {
    using database = new DatabaseSync(file);
    database.exec(sql);
  };
  run(schema);
  return {
    folder,
    file,
    run,
    insert: (table, row) => {
      using database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
      const columns = Object.keys(row);
      database
        .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
        .run(...Object.values(row));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The same 128 numbers for the same seed, about as long as dlib's vectors. */
export function embeddingOf(seed: string): number[] {
  const bytes = Array.from({ length: 4 }, (_, part) => [...createHash('sha256').update(`${seed} ${part}`).digest()]).flat();
  return bytes.map((byte) => (byte - 127.5) / 600);
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Two photos of Ann and Bo, one stranger: the smallest library in which everything happens. */
export async function makeUsualLibrary(): Promise<OldLibrary> {
  const old = await makeOldLibrary();
  old.insert('people', { person_id: 'p-ann', display_name: 'Ann', created_ts: '2020-01-02 03:04:05' });
  old.insert('people', { person_id: 'p-bo', display_name: 'Bo', created_ts: null });
  for (const name of ['beach', 'party']) {
    old.insert('photos', {
      photo_id: name,
      path: `2019/${name}.jpg`,
      sha256: sha256Of(name),
      phash: 'ff00ff00ff00ff00',
      filesize: 3_000_000_000,
      ext: '.JPG',
      created_ts: '2019-07-06 10:00:00',
      shot_ts: '2019-07-06 11:22:33',
      shot_ts_source: 'exif:DateTimeOriginal',
      faces_count: 2,
    });
  }
  const face = (faceId: string, photoId: string, x: number, embedding: SQLInputValue) =>
    old.insert('faces', {
      face_id: faceId,
      photo_id: photoId,
      bbox_x: x,
      bbox_y: 40,
      bbox_w: 100,
      bbox_h: 110,
      embedding,
      provenance: JSON.stringify({ detector: 'hog', model: 'face_recognition' }),
    });
  face('ann-beach', 'beach', 10, new Uint8Array(Float64Array.from(embeddingOf('ann')).buffer));
  face('bo-beach', 'beach', 300, new Uint8Array(Float32Array.from(embeddingOf('bo')).buffer));
  face('ann-party', 'party', 20, JSON.stringify(embeddingOf('ann')));
  face('stranger-party', 'party', 400, null);
  const label = (faceId: string, personId: string, source: string, confidence: number | null, day = '2021-05-06') =>
    old.insert('face_labels', { face_id: faceId, person_id: personId, label_source: source, confidence, created_ts: day });
  label('ann-beach', 'p-ann', 'human_confirmed', 1);
  label('bo-beach', 'p-bo', 'imported', null);
  label('ann-party', 'p-ann', 'model_guess', 0.75);
  label('ann-party', 'p-bo', 'model_guess', 0.5, '2020-05-06');
  return old;
}
