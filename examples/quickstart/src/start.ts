/**
 * The README's main command: indexes a folder of photos with their faces, then serves the page and the API until Ctrl-C.
 *
 * Options: `--root` (default: the sample photos), `--database` (default: DATABASE_URL or `.photoorg`), `--port` (default 4000).
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startServer } from '@photoorg/example-api';
import { limitSharp, scanPhotos } from '@photoorg/ingest';
import { defaultThumbnailsFolder, type IndexProgress, indexPhotos, openPhotoLibrary, optionsFromEnv } from '@photoorg/sdk';
import { createFaceAnalyzer } from '@photoorg/vision';
import { copySamplePhotos } from './sample-photos.ts';

const EXIT_INTERRUPTED = 130;

function printProgress({ seen, total, faces, failed, filesPerSecond }: IndexProgress): void {
  if (!process.stderr.isTTY) return;
  const of = total === null ? '' : ` of ${total}`;
  process.stderr.write(`\r\x1b[K${seen}${of} files, ${faces} faces, ${failed} failed, ${filesPerSecond.toFixed(1)} files/s`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { root: { type: 'string' }, database: { type: 'string' }, port: { type: 'string', default: '4000' } },
  });
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);

  // 1. Open the library and the models.
  limitSharp();
  const settings = optionsFromEnv(process.env);
  const library = await openPhotoLibrary({ ...settings, database: values.database ?? settings.database });
  const root = resolve(values.root ?? (await copySamplePhotos()));

  // 2. Index the folder: metadata, faces, embeddings.
  console.log(`Indexing ${root} into ${library.database.location}`);
  const analyzer = await createFaceAnalyzer();
  const result = await indexPhotos({
    library,
    root,
    scanPhotos,
    analyzer,
    thumbnails: true,
    signal: stop.signal,
    onProgress: printProgress,
    onFileError: ({ path, code, message }) => console.error(`\n${path}: ${code}: ${message}`),
  });
  await analyzer.close();
  if (process.stderr.isTTY) process.stderr.write('\n');
  console.log(`${result.created} new photos, ${result.unchanged} unchanged, ${result.failed} failed, ${result.faces} new faces`);
  if (result.interrupted) {
    await library.close();
    process.exitCode = EXIT_INTERRUPTED;
    return;
  }

  // 3. Serve the page and the API.
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  const server = await startServer({
    library,
    port: Number(values.port),
    webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    thumbnailsFolder: defaultThumbnailsFolder(library),
  });
  console.log(`Open ${server.url} to see the photos and say who is in them. Ctrl-C stops.`);
  await server.closed;
}

await main();
