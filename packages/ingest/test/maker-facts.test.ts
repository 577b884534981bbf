import { Buffer } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { type PhotoMetadata, readPhotoMetadata } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { directory, exifBlock, TAG, type TestFields } from './support/exif-block.ts';
import { exiftool, hasPerl } from './support/exiftool.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { app1, makeJpeg } from './support/test-images.ts';

const MAKER_NOTE = 0x927c;
const CANON_SETTINGS = 0x0001;
const CANON_SHOT_INFO = 0x0004;
const CANON_LENS = 0x0095;
const ISO = 0x8827;
const LENS = 'EF24-70mm f/2.8L USM';

describe('the lens of a camera older than its EXIF tag', () => {
  it('is read from the maker note', async () => {
    expect(await lensOf(canonPhoto())).toBe(LENS);
  });

  it.skipIf(!hasPerl)('is the one that exiftool reads there (needs perl)', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('photo.jpg'), await makeJpeg({ segments: [exifSegment(canonPhoto())] }));
    expect((await exiftool(['-s3', '-LensModel', folder.file('photo.jpg')])).trim()).toBe(LENS);
  });

  it('yields to the tag', async () => {
    expect(await lensOf(canonPhoto({ [TAG.lensModel]: { ascii: 'By tag' } }))).toBe('By tag');
  });

  it('is unknown where an editor moved the note and broke its offsets', async () => {
    const moved = canonPhoto({}, (start) => start + 5_000);
    expect(await lensOf(moved)).toBeNull();
    const ontoRubbish = canonPhoto({}, () => 8);
    expect(await lensOf(ontoRubbish)).toBeNull();
  });
});

describe('the ISO of a camera that has none in EXIF', () => {
  it.each([
    { desc: 'by the dial', dial: 18, auto: 0, base: 0, iso: 200 },
    { desc: 'as a number', dial: 0x4000 | 320, auto: 0, base: 0, iso: 320 },
    { desc: 'as the camera chose', dial: 15, auto: 32, base: 160, iso: 200 },
    { desc: 'as the camera chose, below its base', dial: 15, auto: -32, base: 160, iso: 50 },
    { desc: 'nowhere', dial: 15, auto: 0, base: 0, iso: null },
  ])('is read from the maker note: $desc', async ({ dial, auto, base, iso }) => {
    const photo = canonPhoto({}, undefined, {
      // Each begins with its length in bytes.
      [CANON_SETTINGS]: { signedShorts: Array.from({ length: 20 }, (_, index) => ({ 0: 40, 16: dial })[index] ?? 0) },
      [CANON_SHOT_INFO]: { signedShorts: [8, auto, base, 0] },
    });
    expect((await read(photo)).iso).toBe(iso);
    if (!hasPerl) return;
    await using folder = await temporaryFolder();
    await writeFile(folder.file('photo.jpg'), await makeJpeg({ segments: [exifSegment(photo)] }));
    const said = (await exiftool(['-s3', '-n', '-ISO', folder.file('photo.jpg')])).trim();
    expect(said === '' ? null : Number(said)).toBe(iso);
  });

  it('yields to the tag', async () => {
    const photo = canonPhoto({ [ISO]: { short: 80 } }, undefined, {
      [CANON_SETTINGS]: { signedShorts: Array.from({ length: 20 }, () => 18) },
    });
    expect((await read(photo)).iso).toBe(80);
  });
});

/** EXIF of a Canon, whose note is a bare directory with offsets that count from the beginning of the block. */
function canonPhoto(more: TestFields = {}, misplace = (start: number) => start, noted: TestFields = {}): Buffer {
  const note = (start: number) => directory({ ...noted, [CANON_LENS]: { ascii: LENS } }, start, true);
  const block = (start: number) =>
    exifBlock({
      byteOrder: 'II',
      image: { [TAG.make]: { ascii: 'Canon' }, [TAG.model]: { ascii: 'Canon EOS 5D Mark II' } },
      exif: { ...more, [MAKER_NOTE]: { bytes: [...note(start)] } },
    });
  return block(misplace(block(0).indexOf(note(0).subarray(0, 10))));
}

function exifSegment(block: Buffer): Buffer {
  return app1(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block]));
}

async function read(block: Buffer): Promise<PhotoMetadata> {
  await using folder = await temporaryFolder();
  await writeFile(folder.file('photo.jpg'), await makeJpeg({ segments: [exifSegment(block)] }));
  return await readPhotoMetadata(folder.file('photo.jpg'));
}

async function lensOf(block: Buffer): Promise<string | null> {
  return (await read(block)).lens;
}
