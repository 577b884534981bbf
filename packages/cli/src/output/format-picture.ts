/** What is wrong with a picture, in a word and by its code; null where it is whole. */
export function formatPicture(pictureError: string | null): string | null {
  if (pictureError === null) return null;
  const state = DAMAGES.has(pictureError) ? 'damaged' : 'not shown in full';
  return `${state} (${pictureError})`;
}

const DAMAGES: ReadonlySet<string> = new Set(['IMAGE_TRUNCATED', 'IMAGE_CORRUPT']);
