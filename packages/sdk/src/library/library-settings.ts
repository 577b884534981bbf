import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { OpenPhotoLibraryOptions } from '../model/photo-library.ts';
import type { PriorName } from '../model/priors.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import type { LibrarySettings } from './library-context.ts';
import { DEFAULT_AUTO_APPLY_THRESHOLD, DEFAULT_CONFIRM_THRESHOLD } from './thresholds.ts';

/** `optionsFromEnv` gives one more, for those who index. */
type OpenOptions = OpenPhotoLibraryOptions & { ingestThumbnails?: boolean };

const OPEN_OPTIONS: KnownNames<OpenOptions> = {
  database: true,
  library: true,
  durability: true,
  allowNetworkFolder: true,
  migrate: true,
  vectorIndex: true,
  autoApplyThreshold: true,
  confirmThreshold: true,
  priors: true,
  embeddingDimension: true,
  signal: true,
  ingestThumbnails: true,
};

/** Everything that may speak for a person beside the face. */
export const PRIORS: readonly PriorName[] = ['shot time', 'company', 'place'];

/** The settings of a library, checked and completed. */
export function resolveLibrarySettings(options: OpenPhotoLibraryOptions): LibrarySettings {
  refuseUnknown<OpenOptions>(options, OPEN_OPTIONS, 'the options of openPhotoLibrary');
  const settings = {
    autoApplyThreshold: options.autoApplyThreshold ?? DEFAULT_AUTO_APPLY_THRESHOLD,
    confirmThreshold: options.confirmThreshold ?? DEFAULT_CONFIRM_THRESHOLD,
    priors: options.priors ?? PRIORS,
    vectorIndex: options.vectorIndex ?? 'hnsw',
    embeddingDimension: options.embeddingDimension ?? null,
  } satisfies LibrarySettings;
  for (const name of ['autoApplyThreshold', 'confirmThreshold'] as const) {
    if (!(settings[name] >= 0 && settings[name] <= 1))
      throw InvalidInputError.expected('a number from 0 to 1', name, settings[name]);
  }
  if (settings.confirmThreshold > settings.autoApplyThreshold) {
    throw new InvalidInputError(
      `confirmThreshold (${settings.confirmThreshold}) is above autoApplyThreshold (${settings.autoApplyThreshold}).`,
      { remedy: 'Faces between the two are asked about: confirmThreshold must be the lower one.' },
    );
  }
  if (settings.vectorIndex !== 'ivfflat' && settings.vectorIndex !== 'hnsw') {
    throw InvalidInputError.expected("'ivfflat' or 'hnsw'", 'vectorIndex', settings.vectorIndex);
  }
  const unknown = settings.priors.find((prior) => !PRIORS.includes(prior));
  if (unknown !== undefined) throw InvalidInputError.expected(`some of ${PRIORS.join(', ')}`, 'priors', unknown);
  const { embeddingDimension } = settings;
  if (embeddingDimension !== null && !(Number.isInteger(embeddingDimension) && embeddingDimension > 0)) {
    throw InvalidInputError.expected('a whole number of at least 1', 'embeddingDimension', embeddingDimension);
  }
  return settings;
}
