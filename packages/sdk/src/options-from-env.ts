import { isDatabaseAddress } from './database/open-database.ts';
import { ConfigError } from './errors/config-error.ts';
import { PRIORS } from './library/library-settings.ts';
import type { OpenPhotoLibraryOptions } from './model/photo-library.ts';
import type { PriorName } from './model/priors.ts';

export interface EnvironmentOptions extends OpenPhotoLibraryOptions {
  /** Whether ingest keeps a cut-out of each face. */
  ingestThumbnails: boolean;
}

type Environment = Record<string, string | undefined>;
type Reader<T> = (text: string, name: string) => T;

/**
 * Options from environment variables: the only place where this package reads them. An empty variable counts as unset.
 *
 * | variable | option |
 * |---|---|
 * | `DATABASE_URL`, else `PHOTOORG_DATABASE` | `database`: a server's URL or a folder |
 * | `PHOTOORG_ALLOW_NETWORK_FOLDER` | `allowNetworkFolder`, default off |
 * | `PGVECTOR_INDEX` | `vectorIndex`: ivfflat or hnsw |
 * | `EMBEDDING_DIM` | `embeddingDimension`: the only length that vectors may have |
 * | `CONFIDENCE_AUTO_APPLY_THRESHOLD` | `autoApplyThreshold`, 0 to 1 |
 * | `CONFIDENCE_CONFIRM_THRESHOLD` | `confirmThreshold`, 0 to 1 |
 * | `CONFIDENCE_PRIORS` | `priors`: some of `shot time`, `company`, `place`, with commas between, or `none` |
 * | `INGEST_THUMBNAILS` | `ingestThumbnails`, default on |
 *
 * Throws ConfigError naming every variable that cannot be used.
 *
 * @example
 * ```ts
 * await using library = await openPhotoLibrary(optionsFromEnv());
 * ```
 */
export function optionsFromEnv(env: Environment = process.env): EnvironmentOptions {
  const problems: string[] = [];
  const read = <T>(name: string, reader: Reader<T>): T | undefined => {
    const text = env[name]?.trim();
    if (!text) return undefined;
    try {
      return reader(text, name);
    } catch (problem) {
      problems.push((problem as Error).message);
      return undefined;
    }
  };
  const options = {
    database: read('DATABASE_URL', readDatabase) ?? read('PHOTOORG_DATABASE', readDatabase),
    allowNetworkFolder: read('PHOTOORG_ALLOW_NETWORK_FOLDER', readSwitch),
    vectorIndex: read('PGVECTOR_INDEX', readIndexKind),
    embeddingDimension: read('EMBEDDING_DIM', readDimension),
    autoApplyThreshold: read('CONFIDENCE_AUTO_APPLY_THRESHOLD', readConfidence),
    confirmThreshold: read('CONFIDENCE_CONFIRM_THRESHOLD', readConfidence),
    priors: read('CONFIDENCE_PRIORS', readPriors),
    ingestThumbnails: read('INGEST_THUMBNAILS', readSwitch) ?? true,
  } satisfies EnvironmentOptions;
  const { autoApplyThreshold = 1, confirmThreshold = 0 } = options;
  if (confirmThreshold > autoApplyThreshold) {
    problems.push(
      `CONFIDENCE_CONFIRM_THRESHOLD (${confirmThreshold}) is above CONFIDENCE_AUTO_APPLY_THRESHOLD (${autoApplyThreshold}); it must be the lower one.`,
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return options;
}

/** Without the value in the message: a URL may hold a password. */
function readDatabase(text: string, name: string): string {
  if (isDatabaseAddress(text)) return text;
  throw new Error(`${name}: expected a folder or a postgresql:// URL.`);
}

function readIndexKind(text: string, name: string): 'ivfflat' | 'hnsw' {
  const kind = text.toLowerCase();
  if (kind === 'ivfflat' || kind === 'hnsw') return kind;
  throw expected(name, 'ivfflat or hnsw', text);
}

function readDimension(text: string, name: string): number {
  const dimension = Number(text);
  // pgvector's vector type goes up to 16,000.
  if (Number.isInteger(dimension) && dimension >= 1 && dimension <= 16_000) return dimension;
  throw expected(name, 'a whole number from 1 to 16000', text);
}

function readConfidence(text: string, name: string): number {
  const confidence = Number(text);
  if (confidence >= 0 && confidence <= 1) return confidence;
  throw expected(name, 'a number from 0 to 1', text);
}

function readPriors(text: string, name: string): PriorName[] {
  if (text.toLowerCase() === 'none') return [];
  return text.split(',').map((part) => {
    const prior = PRIORS.find((known) => known === part.trim().toLowerCase().replace(/[-_]/g, ' '));
    if (!prior) throw expected(name, `none, or some of ${PRIORS.join(', ')}`, part.trim());
    return prior;
  });
}

function readSwitch(text: string, name: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw expected(name, '1 or 0, true or false, yes or no, on or off', text);
}

function expected(name: string, expectation: string, received: string): Error {
  return new Error(`${name}: expected ${expectation} but received '${received}'.`);
}
