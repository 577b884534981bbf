import { randomBytes } from 'node:crypto';
import { scanPhotos } from '@photoorg/ingest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FilledLibrary, fillLibrary } from './support/fill-library.ts';
import { startTestServer, type TestServer } from './support/test-server.ts';

let server: TestServer;
let filled: FilledLibrary;

beforeAll(async () => {
  server = await startTestServer();
  filled = await fillLibrary(server.library);
  for await (const item of scanPhotos({ root: filled.folder })) {
    if (item.kind !== 'photo') continue;
    const batch = ['2002-07-21T10:00:00', '2002-07-22T00:00:00', '2002-07-22T15:00:00'].map((local) => {
      const shot = { ...item.photo.shot, at: null, offsetMinutes: null, local };
      return {
        photo: { ...item.photo, sha256: randomBytes(32), title: `shot ${local}`, shot, file: null },
        faces: null,
        space: null,
      };
    });
    await server.library.photos.saveAnalyzed(batch);
    break;
  }
});
afterAll(async () => {
  await server.close();
  await filled[Symbol.asyncDispose]();
});

const shotTimes = async (path: string) => {
  const { items } = (await server.send({ path })).json<{ items: { shotLocal?: string; photo?: { shotLocal: string } }[] }>();
  return items.map((item) => item.shotLocal ?? item.photo?.shotLocal).toSorted();
};

it.each([
  { query: 'from=2002-07-21&to=2002-07-21', expected: ['2002-07-21T10:00:00'] },
  { query: 'from=2002-07-22&to=2002-07-22', expected: ['2002-07-22T00:00:00', '2002-07-22T15:00:00'] },
  { query: 'from=2002-07&to=2002-07', expected: ['2002-07-21T10:00:00', '2002-07-22T00:00:00', '2002-07-22T15:00:00'] },
  { query: 'from=2002-07-21T10:00:00&to=2002-07-22T00:00:00', expected: ['2002-07-21T10:00:00', '2002-07-22T00:00:00'] },
])('photos and search with $query find what the clocks of the cameras say', async ({ query, expected }) => {
  expect(await shotTimes(`/api/photos?${query}`)).toEqual(expected);
  expect(await shotTimes(`/api/search?q=shot&${query}`)).toEqual(expected);
});
