import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HEIC_PHOTO } from '../../ingest/test/support/heic-photos.ts';
import { readRecords, runPhotoorg } from './run-photoorg.ts';
import { makePhotos } from './sample-photos.ts';
import { type TemporaryDatabase, type TemporaryLibrary, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew.
vi.setConfig({ testTimeout: 300_000 });

const hideDecoders = fileURLToPath(new URL('../../ingest/test/support/hide-decoders.ts', import.meta.url));

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

async function libraryWith(names: readonly string[]): Promise<TemporaryLibrary & { root: string }> {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['photo.jpg']);
  for (const name of names) await writeFile(join(root, name), name);
  return { ...library, root };
}

describe('what an ingest leaves out', () => {
  it('is in its summary, in its record, with the run, and in what the doctor says, each with what reads it', async () => {
    const { root, flags } = await libraryWith(['a.mov', 'b.mov', 'c.tga', 'd.x3f', 'e.zip', 'f.txt']);
    const films = { kind: 'film', files: 2, remedy: 'photoorg ingest --exiftool' };
    const { code, stderr } = await runPhotoorg(['ingest', '--root', root, '--exif', ...flags]);
    expect(code).toBe(0);
    expect(stderr).toContain('film 2, RAW 1 (read by photoorg ingest --exiftool)');
    expect(stderr).toContain('TGA 1, archive 1, other 1 (not read by photoorg)');
    const [again] = await readRecords(['ingest', '--root', root, '--exif', ...flags]);
    expect(again).toMatchObject({ seen: 1, unchanged: 1, leftOut: expect.arrayContaining([films]) });
    const [run] = await readRecords(['runs', ...flags]);
    expect(run).toMatchObject({ leftOut: expect.arrayContaining([films, { kind: 'TGA', files: 1, remedy: null }]) });
    const diagnoses = await readRecords(['doctor', ...flags]);
    expect(diagnoses).toContainEqual({
      check: 'left-out',
      status: 'ok',
      message: `2 files in ${root} are left out: film.`,
      remedy: 'Run: photoorg ingest --exiftool',
    });
  });
});

describe('photos whose picture is not whole', () => {
  it('are marked in lists, for people and for programs, and the command tells that something is wrong', async () => {
    const { root, flags } = await libraryWith([]);
    const whole = await readFile(join(root, 'photo.jpg'));
    await writeFile(join(root, 'cut.jpg'), whole.subarray(0, whole.length / 2));
    const run = await runPhotoorg(['ingest', '--root', root, '--exif', ...flags]);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('cut.jpg: IMAGE_TRUNCATED') });
    expect(await readRecords(['photos', ...flags])).toContainEqual(expect.objectContaining({ pictureError: 'IMAGE_TRUNCATED' }));
    for (const command of ['photos', 'files'])
      expect((await runPhotoorg([command, ...flags])).stdout).toContain('damaged (IMAGE_TRUNCATED)');
  });

  it('are seen by the first run after their decoder is installed, with thumbnails, though they have not changed', async () => {
    const { root, flags, folder } = await libraryWith([]);
    await mkdir(join(root, 'phone'));
    await copyFile(HEIC_PHOTO, join(root, 'phone', 'group.heic'));
    const thumbnails = join(folder, 'thumbnails');
    const ingest = ['ingest', '--root', root, '--exif', '--faces', '--thumbnails', '--thumbnails-folder', thumbnails, ...flags];
    const env = { NODE_OPTIONS: `--import ${hideDecoders}` };
    const without = await runPhotoorg(ingest, { env });
    expect(without.stderr).toContain('1 HEIC photos');
    expect(without.stderr).toContain('photoorg setup heic');
    const photo = async () => (await readRecords(['photos', ...flags])).find(({ ext }) => ext === 'heic');
    expect(await photo()).toMatchObject({ phash: null, pictureError: 'DECODER_MISSING', facesDetectedAt: null });
    const still = await runPhotoorg([...ingest, '--json'], { env });
    expect(JSON.parse(still.stdout)).toMatchObject({ updated: 0, failedBefore: 1, undecoded: [{ kind: 'HEIC', files: 1 }] });
    const doctor = await readRecords(['doctor', ...flags]);
    expect(doctor).toContainEqual(
      expect.objectContaining({ check: 'decoders', remedy: expect.stringContaining('photoorg setup heic') }),
    );

    expect(await readRecords(ingest)).toMatchObject([{ updated: 1, unchanged: 1, failedBefore: 0, undecoded: [] }]);
    const seen = await photo();
    expect(seen).toMatchObject({ phash: expect.any(String), pictureError: null, facesDetectedAt: expect.any(String) });
    expect(seen!.facesCount).toBeGreaterThan(0);
    const thumbnail = join(thumbnails, `${seen!.sha256}-512.webp`);
    expect((await readFile(thumbnail)).length).toBeGreaterThan(0);

    await rm(thumbnail);
    expect(await readRecords(ingest)).toMatchObject([{ updated: 0, unchanged: 2 }]);
    expect((await readFile(thumbnail)).length).toBeGreaterThan(0);
  });
});
