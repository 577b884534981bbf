/**
 * Times whole photos through a pool in a process of its own: measure-workers.ts WORKERS SECONDS.
 * Prints one JSON object ({@link WorkersMeasurement}).
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createFaceAnalyzer } from '@photoorg/vision';
import { listPhotos } from './sample-images.ts';
import { type Timing, timeRuns } from './timing.ts';

export interface WorkersMeasurement {
  /** Per photo. */
  whole: Timing;
  /** Longest pause of the caller's event loop while the pool works. */
  longestPauseMillis: number;
  peakRssMegabytes: number;
}

/** Photos a run hands to the pool at once. */
const PHOTOS_PER_RUN = 24;
const DELAY_RESOLUTION_MILLIS = 2;

const [workers, seconds] = process.argv.slice(2).map(Number) as [number, number];
const samples = await listPhotos(null);
const photos = Array.from({ length: PHOTOS_PER_RUN }, (_, i) => samples[i % samples.length]!);
await using analyzer = await createFaceAnalyzer({ workers });
const analyzeAll = () => Promise.all(photos.map((path) => analyzer.analyze(path)));
await analyzeAll();

const delays = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MILLIS });
delays.enable();
const whole = await timeRuns(seconds, PHOTOS_PER_RUN, analyzeAll);
delays.disable();
const longestPauseMillis = delays.max / 1e6 - DELAY_RESOLUTION_MILLIS;
const peakRssMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ whole, longestPauseMillis, peakRssMegabytes } satisfies WorkersMeasurement));
