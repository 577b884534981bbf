import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BoxesError, readBoxes } from './read-boxes.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-boxes-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function boxesIn(text: string) {
  const file = join(folder, 'boxes');
  await writeFile(file, text);
  return readBoxes(file);
}

describe('boxes from a file', () => {
  it.each([
    { desc: 'a JSON array', text: '[[1,2,30,40],[5,6,70,80]]' },
    { desc: 'lines of four numbers', text: '1 2 30 40\n5,6,70,80\n\n' },
    { desc: 'lines of JSON with boxes', text: '{"file":"a.jpg","boxes":[[1,2,30,40],[5,6,70,80]]}\n{"file":"b.jpg","boxes":[]}' },
    { desc: 'lines of JSON with faces', text: '{"file":"demo/a.jpg","faces":[{"box":[1,2,30,40]},{"box":[5,6,70,80]}]}' },
  ])('are taken from $desc', async ({ text }) => {
    expect((await boxesIn(text))('/photos/a.jpg')).toEqual([
      [1, 2, 30, 40],
      [5, 6, 70, 80],
    ]);
  });

  it('belong to the image of the same path before one of the same name', async () => {
    const boxesOf = await boxesIn('{"file":"/x/a.jpg","boxes":[[1,1,2,2]]}\n{"file":"/y/a.jpg","boxes":[[3,3,4,4]]}');
    expect(boxesOf('/y/a.jpg')).toEqual([[3, 3, 4, 4]]);
    expect(boxesOf('/z/b.jpg')).toEqual([]);
  });

  it.each(['[[1,2,3]]', '1 2 x 4', '9 9 1 1', '{"boxes":[]}', '{"file":"a.jpg"}'])(
    'are refused in %j, naming the place',
    async (text) => {
      await expect(boxesIn(text)).rejects.toThrow(BoxesError);
      await expect(boxesIn(text)).rejects.toThrow(/boxes/);
    },
  );
});
