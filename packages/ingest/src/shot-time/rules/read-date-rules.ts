import { readFile } from 'node:fs/promises';
import { unreadable } from '../../files/unreadable.ts';
import { IngestError } from '../../model/ingest-error.ts';
import type { DateRules } from './date-rules.ts';
import { parseDateRules } from './parse-date-rules.ts';

/**
 * Reads the file of a person's own date rules; the guide to shot times shows one.
 *
 * @throws {IngestError} `FILE_UNREADABLE`, `DATE_RULES_INVALID`
 * @example
 * ```ts
 * const dateRules = await readDateRules('date-rules.json');
 * const { shot } = await readPhotoMetadata('/photos/13072009001.jpg', { dateRules });
 * ```
 */
export async function readDateRules(file: string): Promise<DateRules> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  return parseDateRules(parseJson(text, file), file);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new IngestError('DATE_RULES_INVALID', `${file} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
}
