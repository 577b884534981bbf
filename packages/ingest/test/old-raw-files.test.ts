import { writeFile } from 'node:fs/promises';
import { readPhotoMetadata } from '@photoorg/ingest';
import { beforeAll, describe, expect, it } from 'vitest';
import { bufferSource } from '../src/files/byte-source.ts';
import { findEmbeddedPreview } from '../src/formats/embedded-preview.ts';
import { exifBlock, TAG } from './support/exif-block.ts';
import { exiftool, hasPerl } from './support/exiftool.ts';
import { makeCrw, makeMrw } from './support/old-raw-files.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg } from './support/test-images.ts';

const TIME = Date.UTC(2003, 10, 9, 17, 39, 26) / 1000;

describe('RAW files of the years before TIFF', () => {
  let preview: Buffer;
  let files: Record<string, Buffer>;
  beforeAll(async () => {
    preview = await makeJpeg();
    const exif = exifBlock({
      image: { [TAG.make]: { ascii: 'Minolta' }, [TAG.model]: { ascii: 'DiMAGE A2' }, [TAG.orientation]: { short: 8 } },
      exif: { [TAG.dateTimeOriginal]: { ascii: '2004:11:18 23:14:58' } },
    });
    files = {
      'canon.crw': makeCrw({ preview, rotation: 90, width: 3072, height: 2048, time: TIME }),
      'minolta.mrw': makeMrw(3264, 2448, exif),
    };
  });

  it.each([
    {
      name: 'canon.crw',
      expected: { mime: 'image/x-canon-crw', width: 2048, height: 3072, orientation: 6, cameraModel: 'Canon EOS 300D DIGITAL' },
      local: '2003-11-09T17:39:26',
    },
    {
      name: 'minolta.mrw',
      expected: { mime: 'image/x-minolta-mrw', width: 2448, height: 3264, orientation: 8, cameraModel: 'DiMAGE A2' },
      local: '2004-11-18T23:14:58',
    },
  ])('say when and with what they were taken: $name', async ({ name, expected, local }) => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file(name), files[name] ?? '');
    const read = await readPhotoMetadata(folder.file(name));
    expect(read).toMatchObject(expected);
    expect(read.shot).toMatchObject({ local, at: null });
  });

  it('carry a JPEG that is turned as the photo is (CRW), or none (MRW)', async () => {
    const crw = files['canon.crw'] ?? Buffer.alloc(0);
    const found = await findEmbeddedPreview(bufferSource(crw), 'crw');
    expect(found).toMatchObject({ length: preview.length, orientation: 6 });
    expect(crw.subarray(found?.offset).subarray(0, preview.length)).toEqual(preview);
    expect(await findEmbeddedPreview(bufferSource(files['minolta.mrw'] ?? Buffer.alloc(0)), 'mrw')).toBeNull();
  });

  it.skipIf(!hasPerl)('are read as exiftool reads them (needs perl)', async () => {
    await using folder = await temporaryFolder();
    for (const [name, bytes] of Object.entries(files)) await writeFile(folder.file(name), bytes);
    const output = await exiftool(['-json', '-n', '-ImageSize', '-Model', '-MIMEType', '-DateTimeOriginal', folder.path]);
    for (const truth of JSON.parse(output) as { SourceFile: string; DateTimeOriginal: string }[]) {
      const { shot, width, height, cameraModel, mime } = await readPhotoMetadata(truth.SourceFile);
      expect({ ...truth, DateTimeOriginal: truth.DateTimeOriginal.replace(/\D/g, '') }).toEqual({
        SourceFile: truth.SourceFile,
        ImageSize: `${height} ${width}`,
        Model: cameraModel,
        MIMEType: mime,
        DateTimeOriginal: shot.local?.replace(/\D/g, ''),
      });
    }
  });
});
