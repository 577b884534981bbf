/*
 * Does queued work until none is left, and says after each batch how many new photos it has saved. Named a file, it dies of it, as a process
 * does in which a decoder writes where it may not.
 */
import { scanPhotos } from '@photoorg/ingest';
import { createFaceAnalyzer } from '@photoorg/vision';
import { indexQueuedPhotos, openPhotoLibrary } from '../../src/index.ts';

const [, , database, faces, deadlyFile] = process.argv;
await using library = await openPhotoLibrary({ database });
await using analyzer = faces === 'faces' ? await createFaceAnalyzer({ workers: 1 }) : undefined;
console.log('ready');
await indexQueuedPhotos({
  library,
  scanPhotos: (options) =>
    scanPhotos({
      ...options,
      isUnchanged(file) {
        if (file.path === deadlyFile) process.kill(process.pid, 'SIGKILL');
        return options.isUnchanged?.(file) ?? false;
      },
    }),
  analyzer,
  drain: true,
  onProgress: ({ created }) => console.log(created),
});
