import { scanPhotos } from '@photoorg/ingest';
import { indexPhotos, openPhotoLibrary } from '@photoorg/sdk';
import { createFaceAnalyzer } from '@photoorg/vision';

await using library = await openPhotoLibrary({ database: '.photoorg' });
await using analyzer = await createFaceAnalyzer();
const { created, faces } = await indexPhotos({ library, root: process.argv[2] ?? '.', scanPhotos, analyzer });
console.log(`${created} new photos, ${faces} faces`);

const [face] = (await library.faces.list({ labelled: false, limit: 1 })).items;
if (face) {
  const ada = await library.people.create({ displayName: 'Ada', actor: 'me' });
  await library.labels.confirm({ faceId: face.faceId, personId: ada.personId, actor: 'me' });
  for (const similar of await library.search.similarFaces({ faceId: face.faceId, limit: 3 })) {
    console.log(`face ${similar.face.faceId} at distance ${similar.distance.toFixed(2)}`);
  }
}
