import type { DlibRect } from '../face-box.ts';
import type { RgbImage } from '../rgb-image.ts';
import { CROP_MAX_SIDE, findCropRect } from './crop-rect.ts';

/** Node's `cropFace` for browsers: the face with some surroundings as WebP, at most 256 x 256 pixels. */
export async function cropFaceOnCanvas(image: RgbImage, rect: DlibRect): Promise<Uint8Array> {
  const { x, y, width, height } = findCropRect(rect, image);
  const pixels = new ImageData(width, height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = ((y + row) * image.width + x + column) * 3;
      pixels.data.set([image.data[from]!, image.data[from + 1]!, image.data[from + 2]!, 255], (row * width + column) * 4);
    }
  }
  const scale = Math.min(1, CROP_MAX_SIDE / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(await createImageBitmap(pixels), 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  return new Uint8Array(await blob.arrayBuffer());
}
