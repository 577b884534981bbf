/* Saves one photo with one face after another, and says the number of each as soon as its save has returned. */
import { openPhotoLibrary } from '../../src/index.ts';
import { sampleAnalyzed } from './sample-photos.ts';

const [, , database, first = '0'] = process.argv;
const library = await openPhotoLibrary({ database });
for (let number = Number(first); ; number++) {
  await library.photos.saveAnalyzed([sampleAnalyzed(`photo ${number}`)]);
  console.log(number);
}
