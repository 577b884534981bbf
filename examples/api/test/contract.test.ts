import { randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { indexPhotos, type Suggestion } from '@photoorg/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument, routes } from '../src/index.ts';
import { Contract, type DescribedOperation } from './support/contract.ts';
import { embeddingOf, type FilledLibrary, fillLibrary } from './support/fill-library.ts';
import type { Received } from './support/send.ts';
import { startTestServer, type TestServer } from './support/test-server.ts';

let server: TestServer;
let filled: FilledLibrary;
let contract: Contract;

beforeAll(async () => {
  server = await startTestServer();
  filled = await fillLibrary(server.library);
  contract = new Contract((await server.send({ path: '/api/openapi.json' })).json());
});
afterAll(async () => {
  await server.close();
  await filled[Symbol.asyncDispose]();
});

interface Call {
  params?: Record<string, string>;
  query?: Record<string, string | string[]>;
  body?: object;
  headers?: Record<string, string>;
}

const addressOf = (path: string, params: Record<string, string>) =>
  `/api${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? randomUUID())}`;

/** Sends what the document asks for, and expects what it promises. */
async function call(operationId: string, { params = {}, query = {}, body, headers }: Call = {}): Promise<Received> {
  const operation = contract.operation(operationId);
  const search = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => [value].flat().map((one) => [key, one])));
  const path = `${addressOf(operation.path, params)}${search.size > 0 ? `?${search}` : ''}`;
  contract.checkRequest(operation, { path, body });
  const received = await server.send({ method: operation.method, path, body, headers });
  contract.checkAnswer(operation, received);
  return received;
}

const actor = 'anna';

describe('what the API answers is what its description promises', () => {
  it('for a name: the person, nobody, or the candidates', async () => {
    await using own = await startTestServer();
    const ask = async (name: string) => {
      const received = await own.send({ path: `/api/people/by-name?${new URLSearchParams({ name })}` });
      contract.checkAnswer(contract.operation('getPersonByName'), received);
      return received.json();
    };
    const emile = await own.library.people.create({ displayName: 'Émile', actor });
    const twins = [];
    for (const birthDate of ['1980-01-01', '2001-01-01']) {
      twins.push(await own.library.people.create({ displayName: 'Li Na', birthDate, actor }));
    }
    expect(await ask('emile')).toMatchObject({ personId: emile.personId });
    expect(await ask('Emil')).toMatchObject({ status: 404, code: 'PERSON_NOT_FOUND' });
    const candidates = twins.map(({ personId, birthDate }) => ({ personId, birthDate, displayName: 'Li Na', facesCount: 0 }));
    expect(await ask('li na')).toMatchObject({ status: 409, code: 'PERSON_AMBIGUOUS', details: { name: 'li na', candidates } });
  });

  it('for duplicates', async () => {
    expect((await call('listDuplicates', { query: { kind: 'exact' } })).json()).toEqual({ items: [], total: 0 });
    await using own = await startTestServer();
    await using doubled = await fillLibrary(own.library);
    await copyFile(join(doubled.folder, 'sample1.jpg'), join(doubled.folder, 'again.jpg'));
    await indexPhotos({ library: own.library, root: doubled.folder, scanPhotos });
    const received = await own.send({ path: '/api/duplicates?limit=1' });
    contract.checkAnswer(contract.operation('listDuplicates'), received);
    const paths = ['again.jpg', 'sample1.jpg'].map((name) => join(doubled.folder, name));
    expect(received.json()).toMatchObject({ total: 1, items: [{ kind: 'exact', photos: [{ paths, distance: 0 }] }] });
  });

  it('for photos', async () => {
    const [photoId] = filled.photoIds;
    const page = (await call('listPhotos', { query: { limit: '2', order: 'oldest' } })).json<{
      items: unknown[];
      nextCursor: string;
      total: number;
    }>();
    expect(page).toMatchObject({ total: 3, nextCursor: expect.any(String) });
    expect(page.items).toHaveLength(2);
    const next = (await call('listPhotos', { query: { limit: '2', order: 'oldest', cursor: page.nextCursor } })).json<{
      items: unknown[];
    }>();
    expect(next).toMatchObject({ nextCursor: null });
    expect(next.items).toHaveLength(1);

    const { total, months } = (await call('getTimeline', { query: { order: 'oldest' } })).json<{
      total: number;
      months: { month: string | null; photos: number; cursor: string | null }[];
    }>();
    expect(total).toBe(3);
    const last = months.at(-1)!;
    const fromLast = await call('listPhotos', { query: { order: 'oldest', ...(last.cursor ? { cursor: last.cursor } : {}) } });
    expect(fromLast.json<{ items: unknown[] }>().items).toHaveLength(last.photos);
    const world = '-90,-180,90,180';
    const places = (await call('getPlaces', { query: { zoom: '0', area: world } })).json<{ total: number }>();
    expect(places.total).toBeGreaterThan(0);
    expect((await call('listPhotos', { query: { area: world } })).json()).toMatchObject({ total: places.total });
    expect((await call('getPlaces', { query: { zoom: '3', area: '10,0,0,0' } })).json()).toMatchObject({ code: 'INVALID_INPUT' });
    expect((await call('getPlaces', { query: { zoom: '3', area: '10,0' } })).json()).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect((await call('listPhotos', { query: { q: '' } })).json()).toMatchObject({ total: 3 });
    expect((await call('listPeople', { query: { q: ' ' } })).json()).toMatchObject({ items: expect.any(Array) });

    const { ada, bob } = filled.people;
    expect((await call('listPhotos', { query: { personId: [ada, bob] } })).json()).toMatchObject({
      total: 1,
      items: [{ photoId }],
    });
    expect((await call('listPhotos', { query: { personId: ada, withoutPersonId: bob } })).json()).toMatchObject({ total: 1 });
    const named = (await call('listPhotos', { query: { personId: [ada, bob], withPeople: 'true' } })).json<{
      items: { people: { personId: string; isGuess: boolean }[] }[];
    }>();
    expect(named.items[0]!.people.map(({ personId }) => personId).sort()).toEqual([ada, bob].sort());
    expect(
      (
        await call('listPhotos', {
          query: { q: 'sample1', place: 'US', hasFaces: 'true', from: '1900-01-01', to: '2100-01-01' },
        })
      ).json(),
    ).toMatchObject({
      items: [{ photoId }],
    });
    expect((await call('listPhotos', { query: { to: '1900-01-01' } })).json()).toMatchObject({ total: 0, items: [] });

    const taken = {
      camera: 'sony',
      isoFrom: '100',
      exposureTimeTo: '1',
      fNumberFrom: '1',
      fNumberTo: '22',
      focalLengthTo: '200',
    };
    expect((await call('listPhotos', { query: { ...taken, q: 'sample1' } })).json()).toMatchObject({
      items: [{ photoId, exposure: { iso: expect.any(Number), exposureTime: expect.any(Number) } }],
    });
    expect((await call('listPhotos', { query: { ...taken, lens: 'nosuchlens' } })).json()).toMatchObject({ total: 0 });
    const metadata = (await call('getPhotoMetadata', { params: { photoId: photoId! } })).json();
    expect(metadata).toMatchObject({
      exif: { exif: { Make: expect.any(String) } },
      shotCandidates: expect.arrayContaining([expect.objectContaining({ source: 'exif:DateTimeOriginal' })]),
      placeSource: expect.stringContaining('geonames'),
    });

    const detail = (await call('getPhoto', { params: { photoId: photoId! } })).json();
    expect(detail).toMatchObject({
      photoId,
      files: [{ root: filled.folder, path: 'sample1.jpg', missingSince: null }],
      faces: [{}, {}],
    });
    expect((await call('getPhotoImage', { params: { photoId: photoId! }, query: { size: '256' } })).status).toBe(200);
  });

  it('for faces', async () => {
    const { ada, unknown } = filled.faces;
    expect((await call('listFaces', { query: { personId: filled.people.ada } })).json()).toMatchObject({ items: [{}, {}] });
    expect((await call('listFaces', { query: { labelled: 'false', ignored: 'false' } })).json()).toMatchObject({
      items: [{ faceId: unknown }],
    });
    expect((await call('getFace', { params: { faceId: ada[0]! } })).json()).toMatchObject({
      label: { personId: filled.people.ada, displayName: 'Ada', source: 'human_confirmed', confidence: 1 },
    });
    expect((await call('getFaceCrop', { params: { faceId: ada[0]! } })).status).toBe(200);
    expect((await call('getFaceHistory', { params: { faceId: ada[0]! } })).json()).toMatchObject({ items: [{ actor: 'test' }] });
  });

  it('for similar faces and suggestions', async () => {
    const { ada, bob, unknown } = filled.faces;
    const similar = (await call('findSimilarFaces', { body: { faceId: unknown, limit: 2 } })).json();
    expect(similar).toMatchObject({ items: [{ face: { faceId: ada[1] } }, { face: { faceId: ada[0] } }] });
    const byEmbedding = (
      await call('findSimilarFaces', { body: { embedding: [...embeddingOf(2)], maxDistance: 0.5, space: filled.space.name } })
    ).json();
    expect(byEmbedding).toMatchObject({ items: [{ face: { faceId: bob }, distance: 0 }] });
    expect(JSON.stringify([similar, byEmbedding])).not.toContain('"embedding"');

    const suggested = (await call('suggestPeople', { params: { faceId: unknown }, query: { limit: '1' } })).json<{
      items: Suggestion[];
    }>();
    expect(suggested).toMatchObject({ items: [{ rank: 1, person: { personId: filled.people.ada } }] });
    const [{ terms, score, confidence, faceConfidence }] = suggested.items as [Suggestion];
    expect(terms.reduce((sum, { logOdds }) => sum + logOdds, 0)).toBe(score);
    expect(faceConfidence).toBe(confidence);
    expect(terms).toContainEqual({ name: 'nearest face', logOdds: expect.any(Number), because: expect.stringMatching(/\d/) });
    expect((await call('identifyFace', { body: { embedding: [...embeddingOf(2)] } })).json()).toMatchObject({
      items: [{ person: { personId: filled.people.bob } }],
    });
  });

  it('for search and review', async () => {
    expect((await call('search', { query: { q: 'sample2' } })).json()).toMatchObject({
      items: [{ kind: 'photo', photo: { photoId: filled.photoIds[1] } }],
    });
    expect((await call('search', { query: { q: 'sample2', camera: 'nosuchcamera' } })).json()).toMatchObject({ items: [] });
    expect((await call('search', { query: { q: 'Bob' } })).json()).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ kind: 'person' })]),
    });
    const mixed = await call('searchByEmbedding', {
      body: { q: 'sample', embedding: [...embeddingOf(1)], filter: { hasFaces: true, from: '1900-01-01', isoFrom: 1 } },
    });
    expect(mixed.json<{ items: unknown[] }>().items.length).toBeGreaterThan(0);
    expect((await call('listReviewQueue', { query: { limit: '10', minConfidence: '0' } })).json()).toMatchObject({
      items: [{ face: { faceId: filled.faces.unknown } }],
    });
    expect((await call('applyCertain', { body: { dryRun: true, actor } })).json()).toMatchObject({
      considered: 1,
      batchId: null,
    });
  });

  it('for cards: asked, answered and taken back', async () => {
    const { cards, progress } = (await call('nextReviewCards', { query: { limit: '2' } })).json<{
      cards: { cardId: string; faces: { face: { faceId: string; label: null } }[] }[];
      progress: { waiting: number };
    }>();
    expect(progress.waiting).toBe(1);
    const { cardId, faces } = cards[0]!;
    const { faceId } = faces[0]!.face;
    expect([cardId, faceId]).toEqual([`face:${filled.faces.unknown}`, filled.faces.unknown]);
    const later = (await call('nextReviewCards', { query: { later: cardId } })).json();
    expect(later).toMatchObject({ cards: [] });
    const answer = { cardId, faceIds: [faceId], name: 'Cleo', revisions: { [faceId]: null }, actor };
    const answered = (await call('answerReviewCard', { body: answer })).json();
    expect((await call('getFace', { params: { faceId } })).json()).toMatchObject({ label: { displayName: 'Cleo' } });
    const again = { ...answer, name: undefined, personId: filled.people.bob };
    expect((await call('answerReviewCard', { body: again })).json()).toMatchObject({ status: 409, code: 'LABEL_CHANGED' });
    expect((await call('answerReviewCard', { body: { cardId: 'card', actor } })).json()).toMatchObject({ code: 'INVALID_INPUT' });
    await call('undoBatch', { params: { batchId: String(answered.batchId) }, body: { actor } });
  });

  it('for what was said, batch by batch', async () => {
    const page = (await call('listBatches', { query: { limit: '1' } })).json<{ items: unknown[]; nextCursor: string }>();
    expect(page.items).toHaveLength(1);
    expect((await call('listBatches', { query: { cursor: page.nextCursor } })).json()).toMatchObject({
      items: expect.any(Array),
    });
    expect((await call('listBatches', { query: { cursor: 'no cursor' } })).json()).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('for what was said: doubted, and measured', async () => {
    expect((await call('auditLabels', { query: { limit: '5' } })).json()).toMatchObject({ items: expect.any(Array) });
    expect((await call('evaluateLibrary', { query: { limit: '10' } })).json()).toMatchObject({
      facesTried: expect.any(Number),
      questions: null,
    });
    const counted = await call('evaluateLibrary', { query: { limit: '1', questionFaces: '10' } });
    expect(counted.json()).toMatchObject({ questions: { faces: expect.any(Number), curve: expect.any(Array) } });
    expect((await call('recomputePriors', { body: { dryRun: true } })).json()).toMatchObject({ priors: expect.any(Array) });
    expect((await call('calibrate', { body: { dryRun: true } })).json()).toMatchObject({ confidences: expect.any(Array) });
    expect((await call('auditLabels', { query: { limit: '0' } })).json()).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('for faces drawn, moved and removed by hand', async () => {
    const params = { photoId: filled.photoIds[0]! };
    const box = { x: 3, y: 3, width: 30, height: 30 };
    const drawn = await call('drawFace', { params, body: { box, actor } });
    expect(drawn.json()).toMatchObject({ box, source: 'manual', label: null, events: 1 });
    const faceId = String(drawn.json().faceId);
    expect(drawn.headers.location).toBe(`/api/faces/${faceId}`);
    expect((await call('drawFace', { params, body: { box, actor } })).json()).toMatchObject({ code: 'INVALID_INPUT' });
    const moved = await call('moveFace', { params: { faceId }, body: { box: { ...box, x: 5 }, revision: null, actor } });
    expect(moved.json()).toMatchObject({ faceId, box: { x: 5 } });
    const removed = (await call('removeFaces', { body: { faceIds: [faceId], actor } })).json();
    expect((await call('getFace', { params: { faceId } })).json()).toMatchObject({ code: 'FACE_NOT_FOUND' });
    for (const { batchId } of [removed, moved.json(), drawn.json()]) {
      await call('undoBatch', { params: { batchId: String(batchId) }, body: { actor } });
    }
    expect((await call('getFace', { params: { faceId } })).json()).toMatchObject({ code: 'FACE_NOT_FOUND' });
  });

  it('for people without a face, and photos of exactly these people', async () => {
    const { unknown } = filled.faces;
    const { ada } = filled.people;
    const { photoId } = (await call('getFace', { params: { faceId: unknown } })).json<{ photoId: string }>();
    const labelled = await call('labelPhoto', { params: { photoId }, body: { personId: ada, actor } });
    expect(labelled.json()).toMatchObject({ events: 1 });
    const { people } = (await call('getPhoto', { params: { photoId } })).json<{ people: object[] }>();
    expect(people).toMatchObject([{ personId: ada }]);
    const exactly = await call('listPhotos', { query: { exactPersonId: ada } });
    expect(exactly.json<{ items: { photoId: string }[] }>().items.map((photo) => photo.photoId)).toContain(photoId);
    const cleared = await call('clearPhotoLabel', { params: { photoId, personId: ada }, query: { actor } });
    expect(cleared.json()).toMatchObject({ events: 1 });
  });

  it('for names that photos carry without saying where', async () => {
    const counted = await call('placeNames', { body: { actor, dryRun: true } });
    expect(counted.json()).toMatchObject({ batchId: null, placed: 0, refused: [] });
  });

  it('for labels: said, taken back, refused and undone', async () => {
    const { unknown } = filled.faces;
    const { ada, bob } = filled.people;
    const params = { faceId: unknown };
    const labelOf = async () => (await call('getFace', { params })).json().label;

    await call('labelFace', {
      params,
      body: { source: 'model_guess', personId: bob, confidence: 0.6, provenance: { by: 'test' } },
    });
    expect(await labelOf()).toMatchObject({ personId: bob, source: 'model_guess' });
    const confirmed = await call('labelFace', { params, body: { source: 'human_confirmed', personId: ada, actor } });
    expect(await labelOf()).toMatchObject({ personId: ada, source: 'human_confirmed' });

    const overwritten = await call('labelFace', { params, body: { source: 'model_guess', personId: bob, confidence: 1 } });
    expect(overwritten.json()).toMatchObject({ status: 409, code: 'LABEL_CONFIRMED' });

    await call('undoBatch', { params: { batchId: String(confirmed.json().batchId) }, body: { actor } });
    expect(await labelOf()).toMatchObject({ personId: bob, source: 'model_guess' });
    await call('clearLabel', { params, query: { actor } });
    expect(await labelOf()).toBeNull();

    await call('rejectPerson', { params, body: { personId: bob, actor } });
    const rejected = await call('labelFace', { params, body: { source: 'model_guess', personId: bob, confidence: 0.99 } });
    expect(rejected.json()).toMatchObject({ status: 409, code: 'FACE_REJECTED_PERSON' });

    const { photoId } = (await call('getFace', { params })).json<{ photoId: string }>();
    const rest = await call('ignoreRestOfPhoto', { params: { photoId }, body: { actor } });
    expect((await call('getFace', { params })).json()).toMatchObject({ ignored: true, ignoredReason: 'stranger' });
    await call('undoBatch', { params: { batchId: String(rest.json().batchId) }, body: { actor } });

    await call('labelFaces', { body: { faceIds: [unknown], personId: ada, actor } });
    await call('ignoreFaces', { body: { faceIds: [unknown], reason: 'picture', actor } });
    expect((await call('getFace', { params })).json()).toMatchObject({ ignored: true, ignoredReason: 'picture' });
    await call('ignoreFaces', { body: { faceIds: [unknown], actor, ignored: false } });
  });

  it('for labels and people that were changed since they were read', async () => {
    const { unknown } = filled.faces;
    const { ada, bob } = filled.people;
    const params = { faceId: unknown };
    const read = (await call('getFace', { params })).json<{ label: { eventId: string } | null }>().label?.eventId ?? null;
    const said = (await call('labelFace', { params, body: { source: 'human_confirmed', personId: bob, actor: 'ben' } })).json();
    const { label } = (await call('getFace', { params })).json<{ label: { eventId: string; createdAt: string } }>();
    const expected = {
      status: 409,
      code: 'LABEL_CHANGED',
      retryable: false,
      details: {
        faceIds: [unknown],
        actor: 'ben',
        personId: bob,
        displayName: 'Bob',
        source: 'human_confirmed',
        createdAt: label.createdAt,
        eventId: label.eventId,
        revision: label.eventId,
      },
    };
    const one = { personId: ada, actor, revision: read };
    const several = { faceIds: [unknown], actor, revisions: { [unknown]: read } };
    const refused = [
      await call('labelFace', { params, body: { ...one, source: 'human_confirmed' } }),
      await call('labelFace', { params, body: { ...one, source: 'imported', confidence: 1 } }),
      await call('labelFaces', { body: { ...several, personId: ada } }),
      await call('rejectPerson', { params, body: { ...one, personId: bob } }),
      await call('ignoreFaces', { body: several }),
      await call('clearLabel', { params, query: { actor, revision: randomUUID() } }),
    ];
    for (const received of refused) expect(received.json()).toMatchObject(expected);
    const cleared = (await call('clearLabel', { params, query: { actor, revision: label.eventId } })).json();
    for (const { batchId } of [cleared, said]) {
      expect((await call('undoBatch', { params: { batchId: String(batchId) }, body: { actor } })).status).toBe(200);
    }

    const person = { personId: ada };
    const { eventId: stale } = (await call('getPerson', { params: person })).json<{ eventId: string }>();
    const renamed = (await call('updatePerson', { params: person, body: { displayName: 'Adaline', actor: 'ben' } })).json();
    const outdated = [
      await call('updatePerson', { params: person, body: { hidden: true, actor, revision: stale } }),
      await call('removePerson', { params: person, query: { actor, unlabel: 'true', revision: stale } }),
      await call('mergePeople', {
        headers: { 'idempotency-key': randomUUID() },
        body: { fromId: bob, intoId: ada, actor, revisions: { [ada]: stale } },
      }),
    ];
    for (const received of outdated) {
      expect(received.json()).toMatchObject({
        status: 409,
        code: 'PERSON_CHANGED',
        details: { personId: ada, displayName: 'Adaline', actor: 'ben', eventId: renamed.eventId, createdAt: expect.any(String) },
      });
    }
    await call('undoBatch', { params: { batchId: String(renamed.batchId) }, body: { actor } });
  });

  it('for a person twice in one photo', async () => {
    const body = { source: 'human_confirmed', personId: filled.people.ada, actor };
    const refused = await call('labelFace', { params: { faceId: filled.faces.bob }, body });
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'PERSON_ALREADY_IN_PHOTO',
      details: { faceIds: [filled.faces.ada[0]] },
    });
    const allowed = await call('labelFace', { params: { faceId: filled.faces.bob }, body: { ...body, allowSamePhoto: true } });
    await call('undoBatch', { params: { batchId: String(allowed.json().batchId) }, body: { actor } });
  });

  it('for people: created, changed, merged and parted again', async () => {
    const created = await call('createPerson', { body: { displayName: 'Adda', aliases: ['A'], birthDate: '1990-05-17', actor } });
    const personId = String(created.json().personId);
    expect(created.headers.location).toBe(`/api/people/${personId}`);
    const renamed = await call('updatePerson', { params: { personId }, body: { displayName: 'Anda', hidden: true, actor } });
    await call('undoBatch', { params: { batchId: String(renamed.json().batchId) }, body: { actor } });
    expect((await call('getPerson', { params: { personId } })).json()).toMatchObject({ displayName: 'Adda', hidden: false });
    await call('updatePerson', { params: { personId }, body: { displayName: 'Adah', hidden: false, birthDate: null, actor } });
    expect((await call('getPerson', { params: { personId } })).json()).toMatchObject({
      displayName: 'Adah',
      aliases: ['A'],
      birthDate: null,
    });
    expect((await call('listPeople', { query: { q: 'ada', order: 'faces' } })).json()).toMatchObject({
      items: [{ personId: filled.people.ada }, { personId }],
    });

    const headers = { 'idempotency-key': randomUUID() };
    const merged = (await call('mergePeople', { headers, body: { fromId: personId, intoId: filled.people.ada, actor } })).json();
    expect((await call('getPerson', { params: { personId } })).json()).toMatchObject({ mergedInto: filled.people.ada });
    expect((await call('getPersonHistory', { params: { personId } })).json<{ items: unknown[] }>().items.length).toBeGreaterThan(
      1,
    );
    await call('undoBatch', { params: { batchId: String(merged.batchId) }, body: { actor } });
    expect((await call('getPerson', { params: { personId } })).json()).toMatchObject({ mergedInto: null });

    const inUse = { personId: filled.people.ada };
    const refused = await call('removePerson', { params: inUse, query: { actor } });
    expect(refused.json()).toMatchObject({ status: 409, code: 'PERSON_HAS_LABELS', details: { ...inUse, facesCount: 3 } });
    const key = { 'idempotency-key': randomUUID() };
    const removed = await call('removePerson', { params: { personId }, query: { actor }, headers: key });
    expect(removed.json()).toMatchObject({ unlabelledFaces: 0, events: 1 });
    const repeated = await call('removePerson', { params: { personId }, query: { actor }, headers: key });
    expect(repeated.json()).toEqual(removed.json());
    const gone = (await call('getPerson', { params: { personId } })).json();
    expect(gone).toMatchObject({
      status: 404,
      code: 'PERSON_NOT_FOUND',
      detail: expect.stringContaining(removed.json<{ batchId: string }>().batchId),
    });
    await call('undoBatch', { params: { batchId: String(removed.json().batchId) }, body: { actor } });
    expect((await call('getPerson', { params: { personId } })).json()).toMatchObject({ displayName: 'Adah' });

    const unlabelled = await call('removePerson', { params: inUse, query: { actor, unlabel: 'true' } });
    expect(unlabelled.json()).toMatchObject({ unlabelledFaces: 3 });
    await call('undoBatch', { params: { batchId: String(unlabelled.json().batchId) }, body: { actor } });
    expect((await call('getPerson', { params: inUse })).json()).toMatchObject({ facesCount: 3 });
  });

  it('for a person who is two', async () => {
    const params = { personId: filled.people.ada };
    const { proposal } = (await call('proposeSplit', { params })).json<{ proposal: { parts: string[][] } }>();
    expect(proposal).toMatchObject({ silhouette: expect.any(Number), looksLike: expect.any(String) });
    const faceIds = proposal.parts[1]!;
    for (const who of [{ displayName: 'Ida' }, { intoId: filled.people.bob, allowSamePhoto: true }]) {
      const split = (await call('splitPerson', { params, body: { faceIds, ...who, actor } })).json();
      expect(split).toMatchObject({ movedFaces: faceIds.length });
      const stray = await call('splitPerson', { params, body: { faceIds, displayName: 'Eda', actor } });
      expect(stray.json()).toMatchObject({ status: 409, code: 'LABEL_CHANGED' });
      await call('undoBatch', { params: { batchId: String(split.batchId) }, body: { actor } });
    }
    expect((await call('getPerson', { params })).json()).toMatchObject({ facesCount: 3 });
  });

  it('for groups: listed, parted, merged, named and set aside', async () => {
    const cleared = (await call('clearLabel', { params: { faceId: filled.faces.unknown }, query: { actor } })).json();
    const list = async () =>
      (await call('listGroups', { query: { minSize: '1' } })).json<{ items: { groupId: string }[] }>().items;
    const [group] = await list();
    expect(group).toMatchObject({
      faces: 1,
      namedFaces: 2,
      coverFaceIds: [filled.faces.unknown],
      person: { displayName: 'Ada' },
    });
    const params = { groupId: group!.groupId };
    expect((await call('listGroupFaces', { params })).json()).toMatchObject({ items: [{ faceId: filled.faces.unknown }] });

    const taken = (await call('takeOutOfGroups', { body: { faceIds: [filled.faces.unknown], actor } })).json();
    expect(taken).toMatchObject({ events: 2 });
    const [alone] = await list();
    expect(alone).toMatchObject({ faces: 1, namedFaces: 0, person: null });
    const groupIds = [group!.groupId, alone!.groupId];
    expect((await call('mergeGroups', { body: { groupIds, actor } })).json()).toMatchObject(params);

    for (const [operationId, body] of [
      ['nameGroup', { personId: filled.people.ada, actor }],
      ['nameGroup', { name: 'Adalbert', actor }],
      ['markStrangers', { actor, reason: 'unclear' }],
    ] as const) {
      const changed = (await call(operationId, { params, body })).json();
      expect(await list()).toEqual([]);
      await call('undoBatch', { params: { batchId: String(changed.batchId) }, body: { actor } });
      expect(await list()).toHaveLength(1);
    }
    await call('nameGroup', { params, body: { personId: filled.people.ada, actor } });
    expect(cleared).toMatchObject({ events: 1 });
  });

  it('for health', async () => {
    expect((await call('getHealth')).json()).toMatchObject({ status: 'ok', database: { kind: server.library.database.kind } });
    expect((await call('getLiveness')).json()).toEqual({ status: 'ok' });
  });

  it('of every operation there is', () => {
    const succeeded = contract.operations.map(
      ({ operationId, responses }) => `${operationId} ${Object.keys(responses).find((status) => status.startsWith('2'))}`,
    );
    expect(succeeded.filter((answer) => !contract.seen.has(answer))).toEqual([]);
  });
});

describe('what the API refuses it refuses as its description promises', () => {
  const operations = new Contract(openApiDocument(routes)).operations;
  const exampleOf = ({ operationId }: DescribedOperation) => {
    const body = routes.find((route) => route.operationId === operationId)?.body;
    return body && (body.meta()?.examples as unknown[] | undefined)?.[0];
  };
  const send = (operation: DescribedOperation, change: { query?: string; body?: unknown; headers?: Record<string, string> }) => {
    const isDelete = operation.method === 'DELETE';
    const query = change.query ?? (isDelete ? `?actor=${actor}` : '');
    const headers = operation.method === 'GET' ? change.headers : { 'idempotency-key': randomUUID(), ...change.headers };
    return server.send({
      method: operation.method,
      path: `${addressOf(operation.path, {})}${query}`,
      headers,
      body: change.body ?? exampleOf(operation),
    });
  };
  const expectRefusal = (operation: DescribedOperation, received: Received, code: string) => {
    expect(received.json().code, operation.operationId).toBe(code);
    contract.checkAnswer(operation, received);
  };

  it.each(operations)('$operationId: a parameter nobody knows', async (operation) => {
    expectRefusal(operation, await send(operation, { query: '?nobody=knows' }), 'VALIDATION_FAILED');
  });

  it.each(operations)('$operationId: another host', async (operation) => {
    expectRefusal(operation, await send(operation, { headers: { host: 'evil.example' } }), 'HOST_NOT_ALLOWED');
  });

  it.each(operations.filter(({ path }) => path.includes('{')))('$operationId: an id that is none', async (operation) => {
    const path = `/api${operation.path.replaceAll(/\{\w+\}/g, 'none')}`;
    const received = await server.send({ method: operation.method, path: `${path}?actor=${actor}`, body: exampleOf(operation) });
    expectRefusal(operation, received, 'VALIDATION_FAILED');
  });

  it.each(operations.filter(({ path }) => path.includes('{')))('$operationId: an id of nothing', async (operation) => {
    const received = await send(operation, {});
    expect(received.status).toBe(404);
    contract.checkAnswer(operation, received);
  });

  it.each(operations.filter(({ requestBody }) => requestBody))(
    '$operationId: a body that is text, and one that is no object',
    async (operation) => {
      expectRefusal(operation, await send(operation, { headers: { 'content-type': 'text/plain' } }), 'UNSUPPORTED_MEDIA_TYPE');
      expectRefusal(operation, await send(operation, { body: '{' }), 'MALFORMED_JSON');
      expectRefusal(operation, await send(operation, { body: [] }), 'VALIDATION_FAILED');
      expectRefusal(operation, await send(operation, { body: '['.repeat(40) + ']'.repeat(40) }), 'JSON_TOO_DEEP');
    },
  );

  it.each(operations.filter(({ method }) => method !== 'GET'))('$operationId: from another site', async (operation) => {
    expectRefusal(operation, await send(operation, { headers: { 'sec-fetch-site': 'cross-site' } }), 'CROSS_SITE_REQUEST');
  });

  const changes = operations.filter(({ parameters }) => parameters?.some(({ name }) => name === 'Idempotency-Key'));
  it.each(changes)('$operationId: a key that is too short', async (operation) => {
    expectRefusal(operation, await send(operation, { headers: { 'idempotency-key': 'short' } }), 'IDEMPOTENCY_KEY_INVALID');
  });

  it('labelFace: a confirmation without saying whose', async () => {
    const operation = contract.operation('labelFace');
    const body = { source: 'human_confirmed', personId: randomUUID() };
    const received = await send(operation, { body });
    expectRefusal(operation, received, 'VALIDATION_FAILED');
    expect(received.json()).toMatchObject({ errors: [{ in: 'body', pointer: '/actor' }] });
  });

  it('findSimilarFaces: a vector of another length', async () => {
    const operation = contract.operation('findSimilarFaces');
    expectRefusal(operation, await send(operation, { body: { embedding: [1, 2, 3] } }), 'SPACE_MISMATCH');
  });
});
