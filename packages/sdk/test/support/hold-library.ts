/* Opens the library of the folder given, says so, and keeps it until killed. */
import { openPhotoLibrary } from '../../src/index.ts';

await openPhotoLibrary({ database: process.argv[2] });
console.log('open');
setInterval(() => {}, 1_000);
