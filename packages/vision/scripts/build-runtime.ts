/**
 * Builds packages/vision/runtime/ from npm onnxruntime-node, part of `npm run models`: the native CPU build of each platform, as
 * it was published, with its licence and notices.
 *
 * Users install this package alone: onnxruntime-node's own install script downloads a GPU build from elsewhere. A run with
 * everything up to date checks the files and changes nothing; the manifest is written last.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NATIVE_ADDON, NATIVE_PLATFORMS, type NativePlatform } from '../src/runtime/native-platforms.ts';
import { keepOnly, sha256Hex, writeWhole } from './output-folder.ts';

interface RuntimeManifest {
  /** npm package and version. */
  source: string;
  /** Hex SHA-256 of each file. */
  files: Record<string, string>;
}

const MANIFEST_FILE = 'manifest.json';

/**
 * The library that the addon loads from beside it. Left out are a second copy of it for Macs, and DirectML.dll, dxcompiler.dll and
 * dxil.dll for Windows, which it loads only for a GPU.
 */
const LIBRARIES: Record<NativePlatform, string> = {
  'darwin-arm64': 'libonnxruntime.1.dylib',
  'linux-arm64': 'libonnxruntime.so.1',
  'linux-x64': 'libonnxruntime.so.1',
  'win32-arm64': 'onnxruntime.dll',
  'win32-x64': 'onnxruntime.dll',
};

/** The npm package carries neither. These are of onnxruntime's Python package of the same version. */
const LICENCES = ['LICENSE.txt', 'ThirdPartyNotices.txt'];

const packageFile = fileURLToPath(import.meta.resolve('onnxruntime-node/package.json'));
const licencesFolder = fileURLToPath(new URL('./runtime', import.meta.url));
const runtimeFolder = process.argv[2] ?? fileURLToPath(new URL('../runtime', import.meta.url));

const { name, version } = JSON.parse(await readFile(packageFile, 'utf8')) as { name: string; version: string };
const source = `${name}@${version}`;
const origins = findOrigins();
if (!(await isUpToDate())) await buildRuntime();

/** Where each file of the folder is taken from. */
function findOrigins(): Map<string, string> {
  const found = new Map(LICENCES.map((file) => [file, join(licencesFolder, file)]));
  for (const platform of NATIVE_PLATFORMS) {
    const folder = join(dirname(packageFile), 'bin/napi-v6', ...platform.split('-'));
    for (const file of [LIBRARIES[platform], NATIVE_ADDON]) found.set(`${platform}/${file}`, join(folder, file));
  }
  return found;
}

async function buildRuntime(): Promise<void> {
  const files: RuntimeManifest['files'] = {};
  let bytes = 0;
  for (const [file, origin] of origins) {
    const content = await readFile(origin);
    await writeWhole(runtimeFolder, file, content);
    files[file] = sha256Hex(content);
    bytes += content.length;
  }
  await writeWhole(runtimeFolder, MANIFEST_FILE, `${JSON.stringify({ source, files } satisfies RuntimeManifest, null, 2)}\n`);
  await keepOnly(runtimeFolder, new Set([...origins.keys(), MANIFEST_FILE]));
  console.error(`Copied ${source} for ${NATIVE_PLATFORMS.join(', ')} (${(bytes / 1e6).toFixed(0)} MB)`);
}

async function isUpToDate(): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(join(runtimeFolder, MANIFEST_FILE), 'utf8')) as RuntimeManifest;
    if (manifest.source !== source || Object.keys(manifest.files).join() !== [...origins.keys()].join()) return false;
    for (const [file, sha256] of Object.entries(manifest.files)) {
      if (sha256Hex(await readFile(join(runtimeFolder, file))) !== sha256) return false;
    }
    return true;
  } catch {
    return false; // no manifest, an unreadable one or a missing file: all reasons to build
  }
}
