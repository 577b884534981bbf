import type { Photo } from '@photoorg/sdk';

/** When a photo was taken, for people: its wall clock, else the instant, to the minute. */
export function formatShot(photo: Pick<Photo, 'shotLocal' | 'shotAt'>): string | null {
  const text = photo.shotLocal ?? photo.shotAt?.toISOString();
  return text ? text.slice(0, 'YYYY-MM-DDTHH:mm'.length).replace('T', ' ') : null;
}
