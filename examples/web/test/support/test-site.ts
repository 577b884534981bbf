import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '@photoorg/example-api';
import { scanPhotos } from '@photoorg/ingest';
import { type IngestFileError, indexPhotos, type PhotoLibrary } from '@photoorg/sdk';
import { openTestLibrary } from '@photoorg/sdk/testing';
import { createFaceAnalyzer } from '@photoorg/vision';

/** Where `npm run web:build` leaves the page. */
export const webFolder = fileURLToPath(new URL('../../dist', import.meta.url));

/** The built page on a real server, over a real library. */
export interface TestSite extends AsyncDisposable {
  /** `http://127.0.0.1:54321` */
  readonly url: string;
  readonly library: PhotoLibrary;
  /** Photos of the library, in a folder of their own. */
  readonly photosFolder: string;
}

export interface TestSiteOptions {
  /** Puts photos into the folder before it is indexed. */
  addPhotos: (folder: string) => Promise<void>;
  /** Whether to look for faces; default true. */
  faces?: boolean;
}

export async function startTestSite({ addPhotos, faces = true }: TestSiteOptions): Promise<TestSite> {
  if (!existsSync(webFolder)) throw new Error('The page is not built: run `npm run web:build` first.');
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-page-'));
  await addPhotos(folder);
  const test = await openTestLibrary();
  await using analyzer = faces ? await createFaceAnalyzer({ workers: 1 }) : undefined;
  const failures: string[] = [];
  const onFileError = ({ path, code, message }: IngestFileError) => failures.push(`${path}: ${code}: ${message}`);
  await indexPhotos({ library: test.library, root: folder, scanPhotos, analyzer, thumbnails: true, onFileError });
  if (failures.length > 0) throw new Error(`The photos could not be indexed:\n${failures.join('\n')}`);
  const server = await startServer({ library: test.library, port: 0, webFolder, closeOnSignals: false });
  return {
    url: server.url,
    library: test.library,
    photosFolder: folder,
    async [Symbol.asyncDispose]() {
      await server.close();
      await test.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
