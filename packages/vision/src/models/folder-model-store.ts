import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelCorruptError, ModelMissingError } from '../errors.ts';
import { MANIFEST_FILE, type ModelManifest } from './model-manifest.ts';
import type { ModelStore } from './model-store.ts';

/** Model files in a folder on disk, as the package ships them. */
export function folderModelStore(folder: string): ModelStore {
  const read = async (file: string) => {
    try {
      return await readFile(join(folder, file));
    } catch (cause) {
      throw new ModelMissingError(`Found no ${file} in ${folder}.`, {
        remedy: 'Build the models with `npm run models` or reinstall @photoorg/vision.',
        cause,
      });
    }
  };
  return {
    readFile: read,
    async readOwnFile(file) {
      try {
        return await readFile(file);
      } catch (cause) {
        throw new ModelMissingError(`The model file ${file} could not be read: ${(cause as Error).message}`, { cause });
      }
    },
    async readManifest() {
      const text = (await read(MANIFEST_FILE)).toString('utf8');
      try {
        return JSON.parse(text) as ModelManifest;
      } catch (cause) {
        throw new ModelCorruptError(`${join(folder, MANIFEST_FILE)} is no JSON.`, {
          remedy: 'Build the models again with `npm run models`.',
          cause,
        });
      }
    },
  };
}
