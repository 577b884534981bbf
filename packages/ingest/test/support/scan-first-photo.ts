/** Scans a folder and prints what became of its first file, and the error of rendering it. */
import { join } from 'node:path';
import { IngestError, renderThumbnail, scanPhotos } from '../../src/index.ts';

const [, , root = ''] = process.argv;
for await (const item of scanPhotos({ root })) {
  const error = await renderThumbnail(join(root, item.file.path)).then(
    () => null,
    (reason: unknown) => reason,
  );
  const { width, phash, thumbhash } = item.kind === 'photo' ? item.photo : { width: null, phash: null, thumbhash: null };
  const { code, message } = IngestError.isInstance(error) ? error : { code: null, message: null };
  console.log(JSON.stringify({ kind: item.kind, width, phash, thumbhash, error: { code, message } }));
  break;
}
