import type { Photo } from '@photoorg/sdk';

/** When a photo was taken, for people: its wall clock, else the instant, to the minute; marked where that is only when its file was last changed. */
export function formatShot(photo: Pick<Photo, 'shotLocal' | 'shotAt' | 'shotSource'>): string | null {
  const time = photo.shotLocal ?? photo.shotAt?.toISOString();
  const text = time?.slice(0, 'YYYY-MM-DDTHH:mm'.length).replace('T', ' ');
  return text ? text + (photo.shotSource === 'file:mtime' ? ' (file)' : '') : null;
}
