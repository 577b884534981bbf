import type { ImageQuery } from '@photoorg/example-api/schemas';

export type PhotoImageSize = NonNullable<ImageQuery['size']>;

/** Longest sides, in pixels, that the API renders photos at. */
const renderedSizes = ['256', '512', '1024', '2048'] as const satisfies readonly PhotoImageSize[];

/** Names the content, too: a browser keeps the picture until the photo is edited. */
export function photoImageUrl(photo: { photoId: string; sha256: string }, size: PhotoImageSize): string {
  return `/api/photos/${encodeURIComponent(photo.photoId)}/image?size=${size}&content=${photo.sha256}`;
}

/** `srcset` of the rendered sizes; the widths are of this photo, since a size bounds the longest side and never enlarges. */
export function photoImageSrcSet(photo: { photoId: string; sha256: string; width: number; height: number }): string {
  const longest = Math.max(photo.width, photo.height);
  const smallerThanPhoto = renderedSizes.filter((_, index) => index === 0 || Number(renderedSizes[index - 1]) < longest);
  return smallerThanPhoto
    .map((size) => `${photoImageUrl(photo, size)} ${Math.round((photo.width * Math.min(Number(size), longest)) / longest)}w`)
    .join(', ');
}

export function faceCropUrl(faceId: string): string {
  return `/api/faces/${encodeURIComponent(faceId)}/crop`;
}
