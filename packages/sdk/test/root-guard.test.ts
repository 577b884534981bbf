import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { beforeEach, describe, expect, test } from 'vitest';
import { type IndexPhotosOptions, indexPhotos } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { canMount, mountMemory, unmount } from './support/mounts.ts';
import { writeVariant } from './support/photo-folder.ts';

const given = useLibraryAndFolder();
let root: string;

beforeEach(async () => {
  root = join(given.folder, 'photos');
  await mkdir(join(root, 'disk'), { recursive: true });
});

function index(options: Partial<IndexPhotosOptions> = {}) {
  return indexPhotos({ library: given.library, root, scanPhotos, ...options });
}

async function writePhotos(count: number, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < count; i++) await writeVariant(`${folder} ${i}`, join(folder, `${i}.jpg`));
}

async function presentPhotos(): Promise<number> {
  return (await given.library.photos.list()).total!;
}

describe('photos that were not met', () => {
  test('are not missing when their root is empty', async () => {
    await writePhotos(2, root);
    await index();
    await rename(root, `${root}-away`);
    await mkdir(root);
    expect(await index()).toMatchObject({
      missing: 0,
      missingNotMarked: { reason: 'root-empty', vanished: 2, known: 2, remedy: expect.stringContaining('mount its disk') },
    });
    expect(await presentPhotos()).toBe(2);
    expect(await index({ acceptMissing: true })).toMatchObject({ missing: 2, missingNotMarked: null });
  });

  test('are not missing when another folder has taken the root’s place, few as they may be', async () => {
    await writePhotos(8, root);
    await index();
    await rename(root, `${root}-away`);
    await writePhotos(0, root);
    for (const name of (await readdir(`${root}-away`)).slice(0, 7)) await rename(join(`${root}-away`, name), join(root, name));
    const met = (await readdir(root)).filter((name) => name.endsWith('.jpg')).length;
    expect(await index()).toMatchObject({ missing: 0, missingNotMarked: { reason: 'other-file-system', vanished: 8 - met } });
    expect(await presentPhotos()).toBe(8);
    expect(await index({ acceptMissing: true })).toMatchObject({ missing: 8 - met });
    await rm(join(root, (await readdir(root)).find((name) => name.endsWith('.jpg'))!));
    expect(await index()).toMatchObject({ missing: 1, missingNotMarked: null });
  });

  test('are missing when their root was deleted altogether, if that is accepted', async () => {
    await writePhotos(2, root);
    await index();
    await rm(root, { recursive: true });
    await expect(index()).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
    expect(await presentPhotos()).toBe(2);
    expect(await index({ acceptMissing: true })).toMatchObject({ missing: 2, missingNotMarked: null });
    expect(await presentPhotos()).toBe(0);
    await expect(index({ acceptMissing: true, root: `${root}-mistyped` })).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
  });

  test('are missing when they were deleted', async () => {
    await writePhotos(6, root);
    await index();
    await rm(join(root, '0.jpg'));
    expect(await index()).toMatchObject({ missing: 1, missingNotMarked: null });
  });
});

describe.skipIf(!canMount)('disks (needs the right to mount)', () => {
  test('that are not mounted keep their photos: at the root', async () => {
    mountMemory(root);
    try {
      await writePhotos(8, root);
      await index();
    } finally {
      unmount(root);
    }
    expect(await index()).toMatchObject({ missing: 0, missingNotMarked: { reason: 'root-empty' } });
    expect(await presentPhotos()).toBe(8);
  });

  test('and inside the root, few photos as they may hold', async () => {
    await writePhotos(12, root);
    mountMemory(join(root, 'disk'));
    try {
      await writePhotos(2, join(root, 'disk', 'holiday'));
      await index();
      expect(await index()).toMatchObject({ unchanged: 14, missingNotMarked: null });
    } finally {
      unmount(join(root, 'disk'));
    }
    expect(await index()).toMatchObject({
      missing: 0,
      missingNotMarked: {
        reason: 'other-file-system',
        vanished: 2,
        known: 14,
        remedy: expect.stringContaining(join(root, 'disk')),
      },
    });
    expect(await presentPhotos()).toBe(14);
    await rm(join(root, '0.jpg'));
    expect(await index()).toMatchObject({ missing: 0, missingNotMarked: { vanished: 3 } });
  });
});
