import { describe, expect, it } from 'vitest';
import { derivePersonId } from './import-ids.ts';

const library = '0190c8c2-0000-7000-8000-000000000001';
const ann = { key: '7', displayName: 'Ann', createdAt: new Date('2021-03-04T05:06:07.008Z') };

describe('the id of an imported person', () => {
  it('is a UUIDv7 that carries the time of creation', () => {
    const id = derivePersonId(library, ann);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(ann.createdAt.getTime());
  });

  it('is the same in every run', () => {
    expect(derivePersonId(library, { ...ann })).toBe(derivePersonId(library, ann));
  });

  it.each([
    { desc: 'key', other: derivePersonId(library, { ...ann, key: '8' }) },
    { desc: 'name', other: derivePersonId(library, { ...ann, displayName: 'Anne' }) },
    { desc: 'library', other: derivePersonId(library.replace(/1$/, '2'), ann) },
  ])('differs by $desc', ({ other }) => {
    expect(other).not.toBe(derivePersonId(library, ann));
  });

  it('exists for a person whose creation nobody noted', () => {
    expect(derivePersonId(library, { ...ann, createdAt: null })).toMatch(/^00000000-0000-7/);
  });
});
