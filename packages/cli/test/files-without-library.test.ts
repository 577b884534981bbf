import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseRecords, runPhotoorg } from './run-photoorg.ts';
import { samplePhoto } from './sample-photos.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let folder = '';
let broken = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-files-'));
  broken = join(folder, 'broken.jpg');
  await writeFile(broken, 'no photo at all');
});
afterAll(() => rm(folder, { recursive: true }));

const metadataKeys = [
  'file',
  'shotAt',
  'shotLocal',
  'offsetMinutes',
  'zone',
  'shotSource',
  'orientation',
  'width',
  'height',
  'latitude',
  'longitude',
  'altitude',
  'make',
  'model',
  'lens',
  'iso',
  'exposureTime',
  'fNumber',
  'focalLength',
];

describe('metadata', () => {
  it('prints one line a file, every name there, absent values null', async () => {
    const { code, stdout, stderr } = await runPhotoorg(['metadata', samplePhoto(1), samplePhoto(2), '--json'], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const records = parseRecords(stdout);
    expect(records.map((record) => record.file)).toEqual([samplePhoto(1), samplePhoto(2)]);
    for (const record of records) {
      expect(Object.keys(record)).toEqual(expect.arrayContaining(metadataKeys));
      expect(Object.values(record)).not.toContain(undefined);
    }
    // As exiftool shows it: DateTimeOriginal of a Sony camera, GPS 37 deg 19' 10.69" N, 121 deg 56' 47.41" W.
    expect(records[0]).toMatchObject({ shotLocal: '2017-10-31T20:16:18', make: 'SONY', orientation: 1 });
    expect(records[0]?.latitude).toBeCloseTo(37 + 19 / 60 + 10.6949 / 3600, 5);
    expect(records[0]?.longitude).toBeCloseTo(-(121 + 56 / 60 + 47.4089 / 3600), 5);
  });
});

describe('embed', () => {
  it('prints one line an image: its faces with box, landmarks, score and 128 numbers', async () => {
    const { code, stdout, stderr } = await runPhotoorg(['embed', samplePhoto(1), '--json'], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [image, ...more] = parseRecords<{ file: string; width: number; height: number; faces: Record<string, unknown>[] }>(
      stdout,
    );
    expect(more).toEqual([]);
    expect(image).toMatchObject({ file: samplePhoto(1), width: 1920, height: 1280 });
    expect(image!.faces.length).toBeGreaterThan(0);
    for (const face of image!.faces) {
      expect(Object.keys(face).sort()).toEqual(['box', 'embedding', 'landmarks', 'score', 'space']);
      expect(face.box).toEqual({
        x: expect.any(Number),
        y: expect.any(Number),
        width: expect.any(Number),
        height: expect.any(Number),
      });
      expect(face.landmarks).toHaveLength(5);
      expect(face.embedding).toHaveLength(128);
    }
  });
});

it.each(['metadata', 'embed'])('%s names a bad file on stderr with its code, goes on, and ends with 1', async (command) => {
  const run = await runPhotoorg([command, broken, samplePhoto(6), join(folder, 'missing.jpg')], { cwd: folder });
  expect(run.code).toBe(1);
  expect(parseRecords(run.stdout).map((record) => record.file)).toEqual([samplePhoto(6)]);
  const failures = run.stderr.trimEnd().split('\n');
  expect(failures).toHaveLength(2);
  expect(failures[0]).toMatch(/broken\.jpg: [A-Z_]+: /);
  expect(failures[1]).toMatch(/missing\.jpg: [A-Z_]+: /);
});

it('neither of them makes a database', async () => {
  expect(await readdir(folder)).toEqual(['broken.jpg']);
});
