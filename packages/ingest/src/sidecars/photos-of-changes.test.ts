import { mkdir, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { photosOfChanges } from './photos-of-changes.ts';

const cases = [
  { desc: 'a photo by itself', beside: ['a.jpg', 'b.jpg'], changed: ['a.jpg'], expected: ['a.jpg'] },
  { desc: 'a RAW file with its picture', beside: ['a.jpg', 'a.CR2', 'b.CR2'], changed: ['a.CR2'], expected: ['a.CR2', 'a.jpg'] },
  {
    desc: 'a picture with its RAW file and film',
    beside: ['a.jpg', 'a.dng', 'a.MOV'],
    changed: ['a.jpg'],
    expected: ['a.MOV', 'a.dng', 'a.jpg'],
  },
  { desc: 'a RAW file alone', beside: ['a.dng', 'b.jpg'], changed: ['a.dng'], expected: ['a.dng'] },
  {
    desc: 'both photos of an Adobe sidecar',
    beside: ['a.jpg', 'a.png', 'b.jpg', 'a.xmp'],
    changed: ['a.xmp'],
    expected: ['a.jpg', 'a.png'],
  },
  {
    desc: 'the photo of a Takeout sidecar',
    beside: ['a(2).jpg', 'a.jpg', 'a.jpg(2).json'],
    changed: ['a.jpg(2).json'],
    expected: ['a(2).jpg'],
  },
  {
    desc: 'nothing for a sidecar that the photo does not use',
    beside: ['a.jpg', 'a.jpg.json', 'a.jpg.suppl.json'],
    changed: ['a.jpg.suppl.json'],
    expected: [],
  },
  { desc: 'nothing for what is gone again', beside: ['b.jpg'], changed: ['a.jpg'], expected: [] },
];

it.each(cases)('finds $desc', async ({ beside, changed, expected }) => {
  await using folder = await temporaryFolder();
  await mkdir(folder.file('in é'));
  for (const name of beside) await writeFile(folder.file(`in é/${name}`), name);
  const found = await photosOfChanges(
    folder.path,
    changed.map((name) => `in é/${name}`),
  );
  expect(found?.map((path) => Buffer.from(path).toString()).sort()).toEqual(expected.map((name) => `in é/${name}`));
});
