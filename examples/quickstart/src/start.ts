/**
 * The README's main command: serves the page and the API, and indexes a folder of photos meanwhile, until Ctrl-C.
 *
 * Photos come in two passes, the newest first in each: with their times, places and thumbnails, which takes milliseconds each, and then with their
 * faces, which take a second. What is saved is to be seen at once.
 *
 * Options: `--root` (default: the sample photos), `--database` (default: DATABASE_URL or `.photoorg`), `--port` (default 4000).
 */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startServer } from '@photoorg/example-api';
import { countPhotos, createThumbnailCache, findGazetteer, limitSharp, scanPhotos } from '@photoorg/ingest';
import { defaultThumbnailsFolder, type IndexProgress, indexPhotos, openPhotoLibrary, optionsFromEnv } from '@photoorg/sdk';
import { createFaceAnalyzer } from '@photoorg/vision';
import { copySamplePhotos } from './sample-photos.ts';

const EXIT_INTERRUPTED = 130;
const MILLIS_PER_MINUTE = 60_000;

function printProgress(pass: string, { seen, total, faces, failed, filesPerSecond, etaMillis }: IndexProgress): void {
  if (!process.stderr.isTTY) return;
  const of = total === null ? '' : ` of ${total}`;
  const eta = etaMillis === null ? '' : `, ${Math.ceil(etaMillis / MILLIS_PER_MINUTE)} min left`;
  process.stderr.write(
    `\r\x1b[K${pass}: ${seen}${of} files, ${faces} faces, ${failed} failed, ${filesPerSecond.toFixed(1)} files/s${eta}`,
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { root: { type: 'string' }, database: { type: 'string' }, port: { type: 'string', default: '4000' } },
  });
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);

  // 1. Open the library, and serve it.
  limitSharp();
  const settings = optionsFromEnv(process.env);
  const library = await openPhotoLibrary({ ...settings, database: values.database ?? settings.database });
  const thumbnailsFolder = defaultThumbnailsFolder(library);
  const server = await startServer({
    library,
    port: Number(values.port),
    webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    thumbnailsFolder,
    closeOnSignals: false,
  });
  console.log(`Open ${server.url} to see the photos and say who is in them. Ctrl-C stops.`);

  // 2. Index the folder meanwhile: what the files say, then faces and embeddings.
  const root = resolve(values.root ?? (await copySamplePhotos()));
  const cache = createThumbnailCache({ folder: thumbnailsFolder });
  const gazetteer = await findGazetteer();
  const index = async (pass: string, analyzer?: Awaited<ReturnType<typeof createFaceAnalyzer>>) => {
    const result = await indexPhotos({
      library,
      root,
      scanPhotos: (options) => scanPhotos({ ...options, order: 'newest', thumbnails: { cache } }),
      countPhotos,
      analyzer,
      gazetteer,
      thumbnails: true,
      signal: stop.signal,
      onProgress: (progress) => printProgress(pass, progress),
      onFileError: ({ path, code, message }) => console.error(`\n${path}: ${code}: ${message}`),
    });
    if (process.stderr.isTTY) process.stderr.write('\n');
    return result;
  };
  try {
    console.log(`Indexing ${root} into ${library.database.location}`);
    const { created, unchanged, failed, interrupted } = await index('Photos');
    console.log(`${created} new photos, ${unchanged} unchanged, ${failed} failed`);
    if (!interrupted) {
      await using analyzer = await createFaceAnalyzer();
      const { faces } = await index('Faces', analyzer);
      console.log(`${faces} new faces`);
    }
    if (stop.signal.aborted) process.exitCode = EXIT_INTERRUPTED;
    else await once(stop.signal, 'abort');
  } finally {
    await server.close();
  }
}

await main();
