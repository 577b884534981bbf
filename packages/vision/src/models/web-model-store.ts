import { ModelMissingError } from '../errors.ts';
import { MANIFEST_FILE, type ModelManifest } from './model-manifest.ts';
import type { ModelStore } from './model-store.ts';

/** Model files fetched from a web address, once each; the browser's cache keeps them. */
export function webModelStore(folder: URL, signal: AbortSignal | undefined): ModelStore {
  const fetchFile = async (file: string) => {
    const url = new URL(file, folder);
    const response = await fetch(url, { signal });
    if (!response.ok) {
      throw new ModelMissingError(`${url} answered ${response.status}.`, {
        remedy: 'Serve the models folder of @photoorg/vision there, or give another modelsUrl.',
      });
    }
    return response;
  };
  const readFile = async (file: string) => new Uint8Array(await (await fetchFile(file)).arrayBuffer());
  return {
    readFile,
    readOwnFile: readFile, // an address of its own, or relative to the folder
    readManifest: async () => (await (await fetchFile(MANIFEST_FILE)).json()) as ModelManifest,
  };
}
