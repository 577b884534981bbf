/**
 * Measures the face pipeline against its peers in one run and writes the tables into docs/benchmarks.md:
 *
 *   npm run build && node --conditions=@photoorg/source bench/vision/main.ts [--seconds 2] [--photos FOLDER]
 *
 * Speed is measured on the npm sample photos; fidelity to native dlib on them or on the photos of FOLDER. Native dlib takes
 * part when Debian's libdlib-dev is installed.
 */
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { decodeImage } from '../../packages/vision/src/decode/decode-image.ts';
import type { EngineMeasurement, EngineUnderTest } from './measure-engine.ts';
import { measureFidelity } from './measure-fidelity.ts';
import type { MemoryMeasurement } from './measure-memory.ts';
import type { WorkersMeasurement } from './measure-workers.ts';
import { buildNativePeer, type PeerFace, type PeerRequest, type PeerTime, runNativePeer } from './native-peer.ts';
import { fidelityReport, type SpeedRow, speedReport, workersReport } from './report.ts';
import { listPhotos, readScaled } from './sample-images.ts';
import { writeSection } from './write-section.ts';

const DETECT_SIDE = 1280;
const MEMORY_IMAGES = 1000;
const ENGINES: EngineUnderTest[] = ['photoorg', 'photoorg-int8', 'onnxruntime-web', 'onnxruntime-web-int8', 'face-api'];
const DOCUMENT = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '2' }, photos: { type: 'string' } } });
const seconds = Number(values.seconds);
const native = await buildNativePeer();

const speed: SpeedRow[] = [];
for (const threads of [1, 2]) {
  if (native) speed.push({ name: 'native dlib', threads, ...(await measureNative(native, threads)) });
  for (const name of ENGINES) {
    if (name === 'face-api' && threads > 1) continue; // TensorFlow.js has no threads in Node
    progress(`${name}, ${threads} threads`);
    speed.push({ name, threads, ...(await runChild<EngineMeasurement>('measure-engine.ts', [name, threads, seconds])) });
  }
}
const workers = [];
for (const count of [1, 2]) {
  progress(`${count} workers`);
  workers.push({ count, ...(await runChild<WorkersMeasurement>('measure-workers.ts', [count, seconds])) });
}
progress('memory');
const memory = await runChild<MemoryMeasurement>('measure-memory.ts', [2, MEMORY_IMAGES]);

const machine = `${cpus()[0]!.model.trim()}, ${cpus().length} cores, Node ${process.version}`;
const sections = [speedReport(speed, machine), workersReport(workers, memory)];
if (native) {
  progress('fidelity');
  sections.push(fidelityReport(await measureFidelity(native, await listPhotos(values.photos ?? null))));
}
const report = sections.join('\n\n');
await writeSection(DOCUMENT, 'vision', report);
console.log(report);

async function measureNative(
  binary: string,
  threads: number,
): Promise<Partial<EngineMeasurement> & { millisPerGigaOperation: number }> {
  progress(`native dlib, ${threads} threads`);
  const photos = await listPhotos(null);
  const full: PeerRequest[] = await Promise.all(photos.map(async (path) => ({ image: await decodeImage(path), boxes: [] })));
  const scaled: PeerRequest[] = await Promise.all(
    photos.map(async (path) => ({ image: await readScaled(path, DETECT_SIDE), boxes: [] })),
  );
  const found = await runNativePeer<{ faces: PeerFace[] }>(binary, 'faces', full, { threads });
  const boxed = full.map(({ image }, i) => ({
    image,
    boxes: found[i]!.faces.map(({ box: [left, top, right, bottom] }) => ({ left, top, right, bottom })),
  }));
  const options = { argument: seconds, threads };
  const times = new Map<PeerTime['name'], PeerTime>();
  for (const each of [
    ...(await runNativePeer<PeerTime>(binary, 'time-embed', boxed, options)),
    // Only the network's matrix products use threads.
    ...(threads === 1 ? await runNativePeer<PeerTime>(binary, 'time-detect', scaled, options) : []),
    ...(threads === 1 ? await runNativePeer<PeerTime>(binary, 'time-whole', full, options) : []),
  ]) {
    times.set(each.name, each);
  }
  return {
    millisPerGigaOperation: times.get('millisPerGigaOperation')!.best,
    embedOne: times.get('embedOne'),
    embedSixteen: times.get('embedSixteen'),
    detect: times.get('detect'),
    whole: times.get('whole'),
    faces: found.reduce((sum, { faces }) => sum + faces.length, 0),
  };
}

async function runChild<Result>(script: string, args: readonly (string | number)[]): Promise<Result> {
  const path = fileURLToPath(new URL(`./${script}`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...args.map(String)]);
  const result = stdout.trim().split('\n').at(-1)!;
  console.error(result);
  return JSON.parse(result) as Result;
}

function progress(step: string): void {
  console.error(`Measuring ${step}`);
}
