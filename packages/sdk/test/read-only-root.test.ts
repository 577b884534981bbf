import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos, writeFaceRegions } from '@photoorg/ingest';
import { createFaceAnalyzer } from '@photoorg/vision';
import { describe, expect, test } from 'vitest';
import { exportRegions, indexPhotos } from '../src/index.ts';
import { openTestLibrary } from '../src/testing/index.ts';
import { canMount, mountReadOnly, unmount } from './support/mounts.ts';
import { copySample, temporaryFolder } from './support/photo-folder.ts';

describe.skipIf(!canMount)('a folder that nobody can write (needs the right to mount)', () => {
  test('is indexed like any other, and an export says that it cannot write there', async () => {
    await using temporary = await temporaryFolder();
    await using opened = await openTestLibrary();
    await using analyzer = await createFaceAnalyzer({ workers: 1 });
    const { library } = opened;
    const root = join(temporary.folder, 'photos');
    await mkdir(join(root, 'sub'), { recursive: true });
    await copySample(3, join(root, 'a.jpg'));
    await copyFile(join(root, 'a.jpg'), join(root, 'sub', 'copy.jpg'));
    const names = await readdir(root, { recursive: true });
    const bytes = await readFile(join(root, 'a.jpg'));
    mountReadOnly(root);
    try {
      expect(await indexPhotos({ library, root, scanPhotos, analyzer })).toMatchObject({ failed: 0, seen: 2 });
      expect((await library.photos.list()).total).toBe(1);
      const [face] = (await library.faces.list()).items;
      const { personId } = await library.people.create({ displayName: 'Ada' });
      await library.labels.confirm({ faceId: face!.faceId, personId, actor: 'mia' });
      expect(await Array.fromAsync(exportRegions({ library, writeFaceRegions }))).toMatchObject([
        { status: 'failed', error: { code: 'SIDECAR_NOT_WRITABLE' } },
        { status: 'failed', error: { code: 'SIDECAR_NOT_WRITABLE' } },
      ]);
      expect(await indexPhotos({ library, root, scanPhotos, analyzer })).toMatchObject({ unchanged: 2 });
    } finally {
      unmount(root);
    }
    expect(await readdir(root, { recursive: true })).toEqual(names);
    expect(await readFile(join(root, 'a.jpg'))).toEqual(bytes);
  });
});
