import type { FaceBox } from '@photoorg/sdk';

/** Cuts a face with some surroundings out of a photo, as WebP. Throws VisionError when the photo cannot be decoded. */
export async function cutFace(photo: Uint8Array, box: FaceBox): Promise<Uint8Array> {
  // Imported when first needed: a server whose faces all have stored crops never loads a model runtime.
  const { cropFace, decodeImage, toDlibRect } = await import('@photoorg/vision');
  return cropFace(await decodeImage(photo), toDlibRect(box));
}
