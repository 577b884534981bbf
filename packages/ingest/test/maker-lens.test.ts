import { Buffer } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { readPhotoMetadata } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { directory, exifBlock, TAG, type TestFields } from './support/exif-block.ts';
import { exiftool, hasPerl } from './support/exiftool.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { app1, makeJpeg } from './support/test-images.ts';

const MAKER_NOTE = 0x927c;
const CANON_LENS = 0x0095;
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

/** EXIF of a Canon, whose note is a bare directory with offsets that count from the beginning of the block. */
function canonPhoto(more: TestFields = {}, misplace = (start: number) => start): Buffer {
  const note = (start: number) => directory({ [CANON_LENS]: { ascii: LENS } }, start, true);
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

async function lensOf(block: Buffer): Promise<string | null> {
  await using folder = await temporaryFolder();
  await writeFile(folder.file('photo.jpg'), await makeJpeg({ segments: [exifSegment(block)] }));
  return (await readPhotoMetadata(folder.file('photo.jpg'))).lens;
}
