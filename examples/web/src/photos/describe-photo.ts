import type { PhotoResource } from '@photoorg/example-api/schemas';
import { formatShotDay, isFileDate } from '../photo/format-shot-time.ts';

/** A photo in words, for those who do not see it: its own title or caption, else its day, its faces and its file name. */
export function describePhoto(photo: PhotoResource): string {
  const own = photo.title ?? photo.caption;
  const day = formatShotDay(photo);
  const faces = photo.facesCount === 0 ? '' : photo.facesCount === 1 ? '1 face' : `${photo.facesCount} faces`;
  const fileName = photo.path?.split(/[\\/]/).at(-1);
  return [
    own ?? 'Photo',
    day && (isFileDate(photo) ? `with a file of ${day}` : `of ${day}`),
    faces && `with ${faces}`,
    !own && fileName && `(${fileName})`,
  ]
    .filter(Boolean)
    .join(' ');
}
