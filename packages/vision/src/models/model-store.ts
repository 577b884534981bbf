import { ModelCorruptError } from '../errors.ts';
import type { ModelFile, ModelManifest, ModelName } from './model-manifest.ts';

/** Where model files come from: a folder in Node, a web address in browsers. */
export interface ModelStore {
  readManifest(): Promise<ModelManifest>;
  /** Bytes of a file beside the manifest. */
  readFile(file: string): Promise<Uint8Array>;
  /** Bytes of a model that the caller brings: a path in Node, an address in browsers. */
  readOwnFile(file: string): Promise<Uint8Array>;
}

/**
 * Loads a model and checks that it is the file the manifest describes.
 *
 * @throws ModelMissingError, ModelCorruptError
 */
export async function loadModel(store: ModelStore, manifest: ModelManifest, name: ModelName): Promise<Uint8Array> {
  const { file, sha256 }: ModelFile = manifest.models[name];
  const bytes = await store.readFile(file);
  const actual = await sha256Hex(bytes);
  if (actual !== sha256) {
    throw new ModelCorruptError(`The model file ${file} has SHA-256 ${actual}, expected ${sha256}.`, {
      remedy: 'Build it again with `npm run models` or reinstall @photoorg/vision.',
    });
  }
  return bytes;
}

export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
