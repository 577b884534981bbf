/**
 * Frees the memory of large bytes at once; the array is empty from then on. Left to the garbage collector, half a MB a photo makes it look through
 * the whole heap every few photos, at 2 ms of processor time a photo.
 */
export function giveBack({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
