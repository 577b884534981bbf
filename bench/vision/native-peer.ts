import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MODEL_SOURCES } from '../../packages/vision/scripts/sources/model-sources.ts';
import type { DlibRect } from '../../packages/vision/src/face-box.ts';
import type { RgbImage } from '../../packages/vision/src/rgb-image.ts';

const DLIB_HEADER = '/usr/include/dlib/dnn.h';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
const SOURCE = fileURLToPath(new URL('./native/dlib-peer.cc', import.meta.url));

/** What native dlib is given: pixels, and boxes where it shall not detect by itself. */
export interface PeerRequest {
  image: RgbImage;
  boxes: DlibRect[];
}

export interface PeerFace {
  box: [left: number, top: number, right: number, bottom: number];
  landmarks: [number, number][];
  embedding: number[];
}

/** One timed step: milliseconds, median and best of at least five runs. */
export interface PeerTime {
  name: 'millisPerGigaOperation' | 'embedOne' | 'embedSixteen' | 'detectPlain' | 'detect' | 'whole';
  median: number;
  best: number;
}

/** The compiled peer, or null (said on stderr) where Debian's libdlib-dev is not installed. */
export async function buildNativePeer(): Promise<string | null> {
  if (!existsSync(DLIB_HEADER)) {
    console.error('Native dlib is left out: install it with apt-get install -y g++ libdlib-dev libopenblas-dev');
    return null;
  }
  const folder = join(CACHE, 'photoorg-bench');
  const binary = join(folder, 'dlib-peer');
  await mkdir(folder, { recursive: true });
  const built = await stat(binary).catch(() => null);
  if (!built || built.mtimeMs < (await stat(SOURCE)).mtimeMs) {
    console.error('Compiling native dlib (half a minute)');
    await promisify(execFile)('g++', ['-O3', '-mavx', '-std=c++17', '-o', binary, SOURCE, '-ldlib', '-lopenblas', '-lpthread']);
  }
  return binary;
}

/** Runs the peer once and gives its answers, one a line. */
export async function runNativePeer<Answer>(
  binary: string,
  command: 'faces' | 'boxes' | 'time-embed' | 'time-detect' | 'time-whole',
  requests: readonly PeerRequest[],
  { argument = 1, threads = 1 }: { argument?: number; threads?: number } = {},
): Promise<Answer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-bench-'));
  try {
    await linkModels(folder);
    const lines: string[] = [];
    for (const [i, { image, boxes }] of requests.entries()) {
      const file = join(folder, `${i}.rgb`);
      await writeFile(file, image.data);
      const numbers = boxes.flatMap(({ left, top, right, bottom }) => [left, top, right, bottom]);
      lines.push([image.width, image.height, file, boxes.length, ...numbers].join(' '));
    }
    return await runLines<Answer>(binary, [command, folder, String(argument)], lines, threads);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The peer wants dlib's file names; the model build keeps the files by their hashes. */
async function linkModels(folder: string): Promise<void> {
  for (const { member, sha256 } of [MODEL_SOURCES.dlibResnet, MODEL_SOURCES.dlibShapePredictor]) {
    await symlink(join(CACHE, 'photoorg-models', sha256), join(folder, member.slice(member.lastIndexOf('/') + 1)));
  }
}

async function runLines<Answer>(binary: string, args: string[], lines: string[], threads: number): Promise<Answer[]> {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: String(threads) };
  const child = spawn(binary, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.end(`${lines.join('\n')}\n`);
  const answers: Answer[] = [];
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line) as Answer);
  const code = await exited;
  if (code !== 0) throw new Error(`dlib-peer ${args[0]} ended with ${code}.`);
  return answers;
}
