import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { MigrateError } from '../migrate-error.ts';
import { describeSource } from './describe-source.ts';

function sourceOf(sql: string): DatabaseSync {
  const source = new DatabaseSync(':memory:');
  source.exec(sql);
  return source;
}

describe('the layout of an old library', () => {
  it('follows declared keys and references rather than names', () => {
    const source = sourceOf(`
      CREATE TABLE photos (picture TEXT PRIMARY KEY, id INTEGER, file_path TEXT);
      CREATE TABLE faces (face_no INTEGER PRIMARY KEY, of_picture TEXT REFERENCES photos (picture), x INT, y INT, w INT, h INT);`);
    const layout = describeSource(source, {});
    expect(layout.photos.keyColumn).toBe('picture');
    expect(layout.photos.columns.path).toBe('file_path');
    expect(layout.faces?.keyColumn).toBe('face_no');
    expect(layout.faces?.columns.photo).toBe('of_picture');
  });

  it('falls back on customary names where nothing is declared', () => {
    const layout = describeSource(sourceOf('CREATE TABLE photos (path TEXT, photo_id TEXT)'), {});
    expect(layout.photos.keyColumn).toBe('photo_id');
  });

  it('lets the caller name a key', () => {
    const layout = describeSource(sourceOf('CREATE TABLE photos (path TEXT, photo_id TEXT, code TEXT)'), { photos: 'code' });
    expect(layout.photos.keyColumn).toBe('code');
  });

  it('takes the rowid where a key has several columns', () => {
    const layout = describeSource(
      sourceOf(`CREATE TABLE photos (path TEXT);
        CREATE TABLE face_labels (face_id INT, person_id INT, PRIMARY KEY (face_id, person_id));`),
      {},
    );
    expect(layout.face_labels?.keyColumn).toBeNull();
  });

  it.each<{ desc: string; sql: string; pkColumns: Record<string, string>; says: string }>([
    { desc: 'no table of photos', sql: 'CREATE TABLE albums (id INT)', pkColumns: {}, says: 'albums' },
    { desc: 'no column it can do without', sql: 'CREATE TABLE photos (id INT, title TEXT)', pkColumns: {}, says: 'file_path' },
    { desc: 'no column of that name', sql: 'CREATE TABLE photos (path TEXT)', pkColumns: { photos: 'nr' }, says: 'nr' },
    { desc: 'no table of that name', sql: 'CREATE TABLE photos (path TEXT)', pkColumns: { pictures: 'id' }, says: 'pictures' },
  ])('is refused where there is $desc', ({ sql, pkColumns, says }) => {
    const describeIt = () => describeSource(sourceOf(sql), pkColumns);
    expect(describeIt).toThrow(MigrateError);
    expect(describeIt).toThrow(says);
  });
});
