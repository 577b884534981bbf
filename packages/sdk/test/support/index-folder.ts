/* Indexes a folder into a library, with real scanning and small batches, and tells its progress. */
import { scanPhotos } from '@photoorg/ingest';
import { createFaceAnalyzer } from '@photoorg/vision';
import { indexPhotos, openPhotoLibrary } from '../../src/index.ts';

const [, , database, root] = process.argv;
await using library = await openPhotoLibrary({ database });
await using analyzer = await createFaceAnalyzer({ workers: 1 });
await indexPhotos({
  library,
  root: root!,
  scanPhotos,
  analyzer,
  batchSize: 1,
  onProgress: ({ created }) => console.log(created),
});
