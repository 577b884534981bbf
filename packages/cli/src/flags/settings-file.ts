import { readFileSync } from 'node:fs';
import { ConfigurationError } from './configuration-error.ts';

export const defaultSettingsFile = 'photoorg.config.json';

export interface Settings {
  file: string;
  /** By the flag's name in camelCase: `{ "database": "/srv/photos-db", "limit": 20, "faces": true }`. */
  values: Readonly<Record<string, unknown>>;
}

/** Reads the settings file; a missing default file is no settings, a missing named file an error. */
export function readSettingsFile(named: string | undefined): Settings {
  const file = named ?? defaultSettingsFile;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (named === undefined && (cause as NodeJS.ErrnoException).code === 'ENOENT') return { file, values: {} };
    throw new ConfigurationError([`${file} cannot be read: ${(cause as Error).message}`]);
  }
  return { file, values: parseSettings(file, text) };
}

function parseSettings(file: string, text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError([`${file} is not JSON: ${(cause as Error).message}`]);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ConfigurationError([`${file}: Expected a JSON object such as {"database": ".photoorg"}.`]);
  }
  return parsed as Record<string, unknown>;
}
