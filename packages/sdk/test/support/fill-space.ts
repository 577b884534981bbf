/* Fills the space of the 8-bit network, and says after each batch how many faces it has embedded. */
import { createFaceAnalyzer } from '@photoorg/vision';
import { openPhotoLibrary } from '../../src/index.ts';

const [, , database] = process.argv;
await using library = await openPhotoLibrary({ database });
await using analyzer = await createFaceAnalyzer({ workers: 1, embedder: { quantisation: 'int8' } });
console.log('ready');
await library.spaces.fill({ analyzer, concurrency: 1, onProgress: ({ embedded }) => console.log(embedded) });
