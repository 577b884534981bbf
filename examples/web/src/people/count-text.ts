/** "12 faces in 9 photos" */
export function countFacesAndPhotos({ facesCount, photosCount }: { facesCount: number; photosCount: number }): string {
  if (facesCount === 0) return 'no faces';
  return `${count(facesCount, 'face')} in ${count(photosCount, 'photo')}`;
}

/** "1 face", "1,204 faces" */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}
