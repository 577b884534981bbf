import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** What sharp is set to in a program of its own, and whether it draws SVG, before and after `program`. */
async function settingsAround(program: string): Promise<{ before: object; after: object }> {
  const script = `
    import sharp from 'sharp';
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><rect width="2" height="2"/></svg>');
    const settings = async () => ({
      cache: sharp.cache().items.max,
      concurrency: sharp.concurrency(),
      drawsSvg: await sharp(svg).png().toBuffer().then(() => true, () => false),
    });
    const before = await settings();
    ${program}
    console.log(JSON.stringify({ before, after: await settings() }));`;
  const words = ['--conditions=@photoorg/source', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: packageFolder });
  return JSON.parse(stdout) as { before: object; after: object };
}

test('a program that uses sharp for other things finds it as it was', async () => {
  const { before, after } = await settingsAround(`
    const { renderThumbnail, scanPhotos } = await import('@photoorg/ingest');
    const photo = await sharp({ create: { width: 32, height: 32, channels: 3, background: 'red' } }).jpeg().toBuffer();
    await renderThumbnail(photo, { size: 16 });
    for await (const item of scanPhotos({ root: 'test/fixtures' })) if (item.kind === 'photo') break;`);
  expect(before).toMatchObject({ drawsSvg: true });
  expect(after).toEqual(before);
});

test('an SVG that is called a photo is refused without such a lock', async () => {
  const { writeFile, mkdtemp, rm } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const { tmpdir } = await import('node:os');
  const { perceptualHash, renderThumbnail, scanPhotos } = await import('../src/index.ts');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="32" height="32"/></svg>');
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-svg-'));
  try {
    await writeFile(join(folder, 'drawing.jpg'), svg);
    const items = await Array.fromAsync(scanPhotos({ root: folder }));
    expect(items).toMatchObject([{ kind: 'error', error: { code: 'UNSUPPORTED_FORMAT' } }]);
    await expect(renderThumbnail(svg, { size: 16 })).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    await expect(perceptualHash(svg)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a program whose main work is photos can limit it', async () => {
  const { after } = await settingsAround(`
    const { limitSharp } = await import('@photoorg/ingest');
    limitSharp();`);
  expect(after).toEqual({ cache: 0, concurrency: 1, drawsSvg: false });
});
