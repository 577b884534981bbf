/**
 * Frees the memory of large bytes at once; the array is empty from then on. Left to the garbage collector, half a MB a photo makes it look through
 * the whole heap every few photos, at 2 ms of processor time a photo, and pixels pile up.
 *
 * Small buffers of Node lie in memory that they share; it is not given back, nor what has been handed to another thread.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength === byteLength) buffer.transfer(0);
}
