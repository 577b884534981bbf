/* Does queued work until none is left, and says after each batch how many new photos it has saved. */
import { scanPhotos } from '@photoorg/ingest';
import { createFaceAnalyzer } from '@photoorg/vision';
import { indexQueuedPhotos, openPhotoLibrary } from '../../src/index.ts';

const [, , database, faces] = process.argv;
await using library = await openPhotoLibrary({ database });
await using analyzer = faces === 'faces' ? await createFaceAnalyzer({ workers: 1 }) : undefined;
console.log('ready');
await indexQueuedPhotos({
  library,
  scanPhotos,
  analyzer,
  drain: true,
  onProgress: ({ created }) => console.log(created),
});
