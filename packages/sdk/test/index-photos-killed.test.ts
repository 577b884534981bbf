import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { createFaceAnalyzer } from '@photoorg/vision';
import { expect, test } from 'vitest';
import { indexPhotos, openPhotoLibrary } from '../src/index.ts';
import { describeEmbedded } from './support/embedded-only.ts';
import { temporaryFolder, writeVariant } from './support/photo-folder.ts';
import { runScript, SEVERAL_PROCESSES_MILLIS } from './support/run-script.ts';

const PHOTOS = 12;

describeEmbedded('killing', () => {
  test('a run that is killed again and again ends with every photo exactly once, and no face without its photo or vector', {
    timeout: SEVERAL_PROCESSES_MILLIS,
  }, async () => {
    await using temporary = await temporaryFolder();
    const root = temporary.folder;
    const database = join(root, '.photoorg');
    for (let i = 0; i < PHOTOS; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));

    for (const killAfter of [1, 2, 3]) {
      const run = runScript('index-folder.ts', database, root);
      while (Number(await run.nextLine()) < killAfter);
      await run.kill();
    }

    await using library = await openPhotoLibrary({ database });
    await using analyzer = await createFaceAnalyzer({ workers: 1 });
    expect((await library.runs.list()).map((run) => run.status)).toEqual(['interrupted', 'interrupted', 'interrupted']);
    const before = (await library.photos.list()).total!;
    expect(before).toBeGreaterThanOrEqual(6);
    expect(before).toBeLessThan(PHOTOS);
    const result = await indexPhotos({ library, root, scanPhotos, analyzer });
    expect(result).toMatchObject({ created: PHOTOS - before, unchanged: before, failed: 0, missing: 0 });

    const { items, total } = await library.photos.list({ includeMissing: true });
    expect(total).toBe(PHOTOS);
    expect(new Set(items.map((photo) => photo.path)).size).toBe(PHOTOS);
    const counts = new Set(items.map((photo) => photo.facesCount));
    expect(counts.size).toBe(1);
    expect((await library.diagnose()).filter((diagnosis) => diagnosis.status === 'error')).toEqual([]);
  });
});
