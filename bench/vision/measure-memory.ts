/**
 * Watches the memory of a process that analyzes many images of ever new sizes: measure-memory.ts WORKERS IMAGES.
 * Prints one JSON object ({@link MemoryMeasurement}).
 */
import { createFaceAnalyzer } from '@photoorg/vision';
import { listPhotos, readScaled } from './sample-images.ts';

export interface MemoryMeasurement {
  /** Resident memory after each hundred images. */
  rssMegabytes: number[];
  /** Slope of a straight line through the second half, when the pool has seen all sizes. */
  growthMegabytesPerHundred: number;
}

const STEP = 100;
const SMALLEST_SIDE = 800;
const SIDE_STEP = 37;
const SIZES = 32;

const [workers, images] = process.argv.slice(2).map(Number) as [number, number];
const samples = await listPhotos(null);
const sharp = (await import('sharp')).default;
const encoded: Uint8Array[] = [];
for (let i = 0; i < SIZES; i++) {
  const { data, width, height } = await readScaled(samples[i % samples.length]!, SMALLEST_SIDE + i * SIDE_STEP);
  encoded.push(
    await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg()
      .toBuffer(),
  );
}

await using analyzer = await createFaceAnalyzer({ workers });
const rssMegabytes: number[] = [];
let next = 0;
const analyzeNext = async () => {
  while (next < images) {
    const index = next++;
    await analyzer.analyze(encoded[index % SIZES]!, { crops: true });
    if (index % STEP === STEP - 1) rssMegabytes.push(Math.round(process.memoryUsage.rss() / 1e6));
  }
};
await Promise.all(Array.from({ length: workers }, analyzeNext));
const secondHalf = rssMegabytes.slice(Math.floor(rssMegabytes.length / 2));
console.log(JSON.stringify({ rssMegabytes, growthMegabytesPerHundred: slope(secondHalf) } satisfies MemoryMeasurement));

function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const meanValue = values.reduce((sum, value) => sum + value, 0) / values.length;
  let covariance = 0;
  let variance = 0;
  values.forEach((value, i) => {
    covariance += (i - middle) * (value - meanValue);
    variance += (i - middle) ** 2;
  });
  return variance > 0 ? covariance / variance : 0;
}
