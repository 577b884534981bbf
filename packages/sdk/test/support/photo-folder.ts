import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The group photos that @vladmandic/face-api ships; MIT, see its package. */
const samples = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');

/** A folder of its own for a test. */
export async function temporaryFolder(): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-sdk-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Copies a group photo, 1 to 6. */
export async function copySample(number: number, target: string): Promise<void> {
  await copyFile(join(samples, `sample${number}.jpg`), target);
}

/** A photo of its own content: the smallest sample with a few bytes after the end of its image, which decoders leave alone. */
export async function writeVariant(name: string, target: string | Buffer): Promise<void> {
  await writeFile(target, Buffer.concat([await readFile(join(samples, 'sample1.jpg')), Buffer.from(name)]));
}
