import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AmbiguousPersonError, type Labels, type People } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { addPhotos, openSampleLibrary } from './support/sample-library.ts';

let opened: TestLibrary;
let context: LibraryContext;
let people: People;
let labels: Labels;
const actor = 'mia';
const code = (expected: string) => expect.objectContaining({ code: expected });

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

beforeEach(async () => {
  ({ context, people, labels } = await openSampleLibrary(opened.context));
});

describe('a person', () => {
  test('comes back as it was made', async () => {
    const made = await people.create({
      displayName: 'Anna',
      aliases: ['Annie', 'Anna', 'Annie'],
      birthDate: '1980-02-29',
      actor,
    });
    expect(made).toEqual({
      personId: expect.any(String),
      displayName: 'Anna',
      aliases: ['Annie'],
      birthDate: '1980-02-29',
      hidden: false,
      coverFaceId: null,
      mergedInto: null,
      facesCount: 0,
      photosCount: 0,
      createdAt: expect.any(Date),
      eventId: expect.any(String),
      batchId: expect.any(String),
      events: 1,
    });
    const { batchId: _, events: __, ...person } = made;
    expect(await people.get(made.personId)).toEqual(person);
    expect(await labels.history({ personId: made.personId })).toMatchObject([{ kind: 'person_created', actor }]);
  });

  test.each([
    { desc: 'outer spaces, line breaks and NUL', name: ' \n Anna\0\tMüller ', stored: 'Anna Müller' },
    { desc: 'half a surrogate pair', name: 'Anna\ud83d', stored: 'Anna\ufffd' },
    { desc: 'a decomposed accent', name: 'Zoe\u0308', stored: 'Zoë' },
    { desc: '200 emoji', name: '😀'.repeat(200), stored: '😀'.repeat(200) },
  ])('has its name cleaned of $desc', async ({ name, stored }) => {
    expect((await people.create({ displayName: name })).displayName).toBe(stored);
  });

  test.each([
    { desc: 'an empty name', change: { displayName: ' \0 ' } },
    { desc: 'a name of 201 characters', change: { displayName: 'x'.repeat(201) } },
    { desc: 'a name that is no text', change: { displayName: 7 as unknown as string } },
    { desc: 'an empty alias', change: { aliases: ['Annie', ''] } },
    { desc: 'a day that the calendar does not have', change: { birthDate: '1981-02-29' } },
    { desc: 'a date in words', change: { birthDate: 'yesterday' } },
  ])('is refused with $desc', async ({ change }) => {
    await expect(people.create({ displayName: 'Anna', ...change })).rejects.toThrow(code('INVALID_INPUT'));
    expect((await people.list()).total).toBe(0);
  });

  test('takes an id of the caller, once, in whatever library', async () => {
    const personId = newId();
    const made = await people.create({ displayName: 'Anna', personId: personId.toUpperCase() });
    expect(made.personId).toBe(personId);
    const other = await openSampleLibrary(opened.context);
    for (const { create } of [people, other.people]) {
      await expect(create({ displayName: 'Bert', personId })).rejects.toThrow(code('INVALID_INPUT'));
    }
    await expect(people.create({ displayName: 'Bert', personId: '7' })).rejects.toThrow(code('INVALID_INPUT'));
    expect((await people.get(personId)).displayName).toBe('Anna');
  });

  test('is renamed and updated, each change in the journal, a repeat not', async () => {
    const { personId } = await people.create({ displayName: 'Anna' });
    const [[faceId]] = (await addPhotos(context, [1])) as [[string]];
    for (const none of ['', undefined as unknown as string]) {
      await expect(people.rename(personId, none, { actor })).rejects.toThrow(code('INVALID_INPUT'));
    }
    await people.rename(personId, 'Hannah', { actor });
    await people.rename(personId, 'Hannah', { actor });
    const changes = { aliases: ['Anna'], birthDate: '1980-01-01', hidden: true, coverFaceId: faceId };
    expect(await people.update(personId, changes)).toMatchObject({ displayName: 'Hannah', ...changes });
    expect(await people.update(personId, { birthDate: null, coverFaceId: null })).toMatchObject({
      ...changes,
      birthDate: null,
      coverFaceId: null,
    });
    const history = await labels.history({ personId });
    expect(history.map((event) => event.kind)).toEqual(['person_changed', 'person_changed', 'person_changed', 'person_created']);
    await expect(labels.undo({ batchId: history[2]!.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
    await labels.undo({ batchId: history[0]!.batchId, actor });
    expect(await people.get(personId)).toMatchObject(changes);
  });

  test.each([
    { desc: 'a rename', change: (personId: string) => people.rename(personId, 'Hannah', { actor }) },
    { desc: 'aliases', change: (personId: string) => people.update(personId, { aliases: ['Annie'] }) },
    { desc: 'a birth date', change: (personId: string) => people.update(personId, { birthDate: '1980-01-01' }) },
    { desc: 'hiding', change: (personId: string) => people.update(personId, { hidden: true }) },
    { desc: 'a cover', change: (personId: string, coverFaceId: string) => people.update(personId, { coverFaceId }) },
    {
      desc: 'all of these at once',
      change: (personId: string, coverFaceId: string) =>
        people.update(personId, { displayName: 'Hannah', aliases: [], birthDate: null, hidden: true, coverFaceId }),
    },
  ])('is as before when $desc is undone by the batch of the answer, and as after when that is undone', async ({ change }) => {
    const [[faceId]] = (await addPhotos(context, [1])) as [[string]];
    const { personId } = await people.create({ displayName: 'Anna', aliases: ['Ann'], birthDate: '1981-01-01', actor });
    const asNow = async () => ({ ...(await people.get(personId)), eventId: expect.any(String) });
    const before = await asNow();
    const changed = await change(personId, faceId);
    const after = await asNow();
    expect(after).not.toEqual(before);
    expect(changed).toEqual({ ...after, batchId: expect.any(String), events: 1 });
    const undone = await labels.undo({ batchId: changed.batchId, actor });
    expect(await people.get(personId)).toEqual(before);
    await labels.undo({ batchId: undone.batchId, actor });
    expect(await people.get(personId)).toEqual(after);
    expect(await change(personId, faceId)).toEqual({ ...after, batchId: expect.any(String), events: 0 });
  });

  test('changes its name together with the rest, all or nothing, in the name of who asks', async () => {
    const { personId } = await people.create({ displayName: 'Anna', actor });
    await people.update(personId, { displayName: 'Hannah', aliases: ['Anna'] }, { actor: 'somebody else' });
    await expect(people.update(personId, { displayName: 'Johanna', coverFaceId: newId() })).rejects.toThrow(
      code('FACE_NOT_FOUND'),
    );
    expect(await people.get(personId)).toMatchObject({ displayName: 'Hannah', aliases: ['Anna'] });
    const [change] = await labels.history({ personId });
    expect(change).toMatchObject({ kind: 'person_changed', actor: 'somebody else' });
  });

  test('is not updated with a face or values that do not fit', async () => {
    const { personId } = await people.create({ displayName: 'Anna' });
    await expect(people.update(personId, { coverFaceId: newId() })).rejects.toThrow(code('FACE_NOT_FOUND'));
    await expect(people.update(personId, { hidden: 'yes' as unknown as boolean })).rejects.toThrow(code('INVALID_INPUT'));
    await expect(people.rename(personId, '')).rejects.toThrow(code('INVALID_INPUT'));
  });

  test('is gone when its making is undone, unless it is used', async () => {
    const { personId } = await people.create({ displayName: 'Anna' });
    const [[faceId]] = (await addPhotos(context, [1])) as [[string]];
    const [made] = await labels.history({ personId });
    const confirmed = await labels.confirm({ faceId, personId, actor });
    await expect(labels.undo({ batchId: made!.batchId, actor })).rejects.toThrow(code('UNDO_CONFLICT'));
    await labels.undo({ batchId: confirmed.batchId, actor });
    const undone = await labels.undo({ batchId: made!.batchId, actor });
    expect(await people.find(personId)).toBeNull();
    await labels.undo({ batchId: undone.batchId, actor });
    expect(await people.get(personId)).toMatchObject({ displayName: 'Anna', createdAt: expect.any(Date) });
  });

  test.each(['Anna', newId()])('that does not exist is not found: %s', async (personId) => {
    expect(await people.find(personId)).toBeNull();
    await expect(people.get(personId)).rejects.toThrow(code('PERSON_NOT_FOUND'));
    await expect(people.rename(personId, 'Anna')).rejects.toThrow(code('PERSON_NOT_FOUND'));
  });
});

describe('finding by name', () => {
  test.each([
    { desc: 'regardless of case', name: 'anna MÜLLER' },
    { desc: 'regardless of accents', name: 'Anna Muller' },
    { desc: 'in another script', name: 'жанна' },
    { desc: 'by alias', name: 'ANNIE' },
  ])('$desc', async ({ name }) => {
    const { personId } = await people.create({ displayName: name === 'жанна' ? 'ЖАННА' : 'Anna Müller', aliases: ['Annie'] });
    expect(await people.findByName(name)).toMatchObject({ personId });
  });

  test.each([
    { name: 'José', known: ['Jose', 'José', 'JOSÉ'], found: 'José' },
    { name: 'Jose\u0301', known: ['Jose', 'José'], found: 'José' },
    { name: 'anna maria', known: ['Anna Maria', 'anna maria'], found: 'anna maria' },
    { name: 'strasse', known: ['Straße', 'Strase'], found: 'Straße' },
    { name: 'ΓΙΏΡΓΟΣ', known: ['Γιώργος'], found: 'Γιώργος' },
    { name: '김철수'.normalize('NFD'), known: ['김철수', '김철'], found: '김철수' },
    { name: 'ﾀﾅｶ', known: ['タナカ', 'たなか'], found: 'タナカ' },
    { name: 'محمد', known: ['مُحَمَّد'], found: 'مُحَمَّد' },
    { name: 'דוד', known: ['דָּוִד'], found: 'דָּוִד' },
    { name: 'nguyen thi anh', known: ['Nguyễn Thị Ánh'], found: 'Nguyễn Thị Ánh' },
    { name: 'Ann', known: ['Anna'], found: undefined },
    { name: 'ハハ', known: ['パパ'], found: undefined },
    { name: '\u0301', known: ['\u0301', '\u200d'], found: '\u0301' },
  ])('$name among $known is $found', async ({ name, known, found }) => {
    for (const displayName of known) await people.create({ displayName });
    expect((await people.findByName(name))?.displayName).toBe(found);
  });

  test('a name before an alias', async () => {
    await people.create({ displayName: 'Bert', aliases: ['Anna'] });
    const { personId } = await people.create({ displayName: 'Anna' });
    for (const name of ['Anna', 'ANNA']) expect(await people.findByName(name)).toMatchObject({ personId });
    expect((await people.listByName('änna')).map(({ displayName }) => displayName)).toEqual(['Anna', 'Bert']);
  });

  test.each([
    { desc: 'the very same name', known: ['Li Na', 'Li Na', 'Li Nana'], name: 'Li Na', candidates: ['Li Na', 'Li Na'] },
    {
      desc: 'names that differ as the asked one does',
      known: ['Anna', 'ANNA', 'Ánna'],
      name: 'anna',
      candidates: ['Anna', 'ANNA', 'Ánna'],
    },
  ])('of several of $desc gives the candidates and picks nobody', async ({ known, name, candidates }) => {
    for (const displayName of known) await people.create({ displayName });
    const error = (await people.findByName(name).catch((thrown: unknown) => thrown)) as AmbiguousPersonError;
    expect(error).toBeInstanceOf(AmbiguousPersonError);
    expect(error).toMatchObject({
      code: 'PERSON_AMBIGUOUS',
      details: { name, candidates: error.candidates.map(({ personId }) => ({ personId })) },
    });
    expect(error.candidates.map(({ displayName }) => displayName)).toEqual(candidates);
    for (const { personId } of error.candidates) expect(error.message).toContain(personId);
    expect(await people.listByName(name)).toEqual(error.candidates);
  });

  test('two names of one person, or two that were merged into one, stand for that one', async () => {
    const { personId } = await people.create({ displayName: 'Anna', aliases: ['anna', 'ÁNNA'] });
    expect(await people.findByName('ANNA')).toMatchObject({ personId });
    const twins = await Promise.all(['Nan', 'Nan'].map((displayName) => people.create({ displayName })));
    for (const twin of twins) await people.merge({ fromId: twin.personId, intoId: personId, actor });
    expect(await people.findByName('nan')).toMatchObject({ personId });
    expect(await people.listByName('nan')).toEqual([]);
  });

  test('the name of someone merged leads to the survivor', async () => {
    const [duplicate, middle, survivor] = await Promise.all(
      ['Nan', 'Nana', 'Anna'].map((displayName) => people.create({ displayName })),
    );
    await people.merge({ fromId: duplicate!.personId, intoId: middle!.personId, actor });
    await people.merge({ fromId: middle!.personId, intoId: survivor!.personId, actor });
    expect(await people.findByName('nan')).toMatchObject({ personId: survivor!.personId });
  });
});

describe('listing', () => {
  test('by name with counts, hidden and merged people left out', async () => {
    for (const displayName of ['Zoë', 'emma', 'Émile', 'Emil']) await people.create({ displayName });
    const hidden = await people.create({ displayName: 'Hidden' });
    await people.update(hidden.personId, { hidden: true });
    const emil = (await people.findByName('Emil'))!;
    const zoe = (await people.findByName('Zoë'))!;
    const [[first, second], [third]] = (await addPhotos(context, [2, 1])) as [[string, string], [string]];
    await labels.confirmMany({ faceIds: [first, third], personId: emil.personId, actor });
    await labels.confirm({ faceId: second, personId: emil.personId, actor, allowSamePhoto: true });
    const { items, total, nextCursor } = await people.list();
    expect(items.map((person) => [person.displayName, person.facesCount, person.photosCount])).toEqual([
      ['Emil', 3, 2],
      ['Émile', 0, 0],
      ['emma', 0, 0],
      ['Zoë', 0, 0],
    ]);
    expect([total, nextCursor]).toEqual([4, null]);
    expect((await people.list({ includeHidden: true })).total).toBe(5);
    await people.merge({ fromId: zoe.personId, intoId: emil.personId, actor });
    expect((await people.list()).total).toBe(3);
  });

  test.each([
    { desc: 'by default', options: {}, expected: ['Anna', 'Annabel'] },
    { desc: 'with hidden people', options: { includeHidden: true }, expected: ['Anna', 'Annabel', 'Hannah'] },
    { desc: 'by a part of the name', options: { q: 'bel' }, expected: ['Annabel'] },
    { desc: 'by a part of the name, hidden ones too', options: { q: 'ann', includeHidden: true, order: 'faces' as const } },
  ])('and going through all find the same people $desc, as many as the total says', async ({ options, expected }) => {
    const [merged, anna] = await Promise.all(
      ['Merged Ann', 'Anna', 'Annabel'].map((displayName) => people.create({ displayName })),
    );
    const hidden = await people.create({ displayName: 'Hannah' });
    await people.update(hidden.personId, { hidden: true });
    await people.merge({ fromId: merged!.personId, intoId: anna!.personId, actor });
    const { items, total } = await people.list(options);
    expect(await Array.fromAsync(people.iterate(options))).toEqual(items);
    expect(items).toHaveLength(total!);
    if (expected) expect(items.map((person) => person.displayName)).toEqual(expected);
  });

  test.each(['name', 'faces'] as const)('page by page in the order of %s, each person once', async (order) => {
    const made = await Promise.all(Array.from({ length: 7 }, (_, i) => people.create({ displayName: `Person ${i}` })));
    const photos = await addPhotos(context, [1, 1, 1]);
    await labels.confirmMany({ faceIds: photos.slice(0, 2).flat(), personId: made[3]!.personId, actor });
    await labels.confirm({ faceId: photos[2]![0]!, personId: made[5]!.personId, actor });
    const all = (await people.list({ order })).items;
    const paged = [];
    let cursor: string | undefined;
    do {
      const page = await people.list({ order, limit: 2, cursor });
      paged.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all);
    expect(all.slice(0, 2).map((person) => person.displayName)).toEqual(
      order === 'faces' ? ['Person 3', 'Person 5'] : ['Person 0', 'Person 1'],
    );
    expect((await people.list({ order, limit: 2, offset: 5 })).items).toEqual(all.slice(5));
  });

  test.each([
    { q: 'mÜL', found: ['Anna Müller'] },
    { q: 'muller', found: ['Anna Müller'] },
    { q: 'MU\u0308L', found: ['Anna Müller'] },
    { q: 'boss', found: ['Bert'] },
    { q: '철', found: ['김철수'] },
    { q: '김철수'.normalize('NFD'), found: ['김철수'] },
    { q: 'soren', found: ['Søren Æbeltoft'] },
    { q: 'AEBEL', found: ['Søren Æbeltoft'] },
    { q: '100%', found: ['100% Carl'] },
    { q: '_', found: [] },
  ])('finds "$q" within names and aliases', async ({ q, found }) => {
    await people.create({ displayName: 'Anna Müller' });
    await people.create({ displayName: 'Bert', aliases: ['The Boss'] });
    await people.create({ displayName: '100% Carl' });
    await people.create({ displayName: '김철수' });
    await people.create({ displayName: 'Søren Æbeltoft' });
    expect((await people.list({ q })).items.map((person) => person.displayName)).toEqual(found);
  });

  test.each([{ limit: 0 }, { limit: 201 }, { cursor: 'nonsense' }, { order: 'age' as 'name' }])('refuses %o', async (options) => {
    await expect(people.list(options)).rejects.toThrow(code('INVALID_INPUT'));
  });
});
