import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { FaceAnalyzerDescription } from '../model/face-analyzer.ts';
import type { FacesPlan, IndexPlan, IndexPlanOptions } from '../model/index-plan.ts';
import type { KnownNames } from '../values/refuse-unknown.ts';
import { hashOfRules } from './hash-of-rules.ts';
import type { WantedFacts } from './read-known-files.ts';

/** Names of the options that a plan is made of. */
export const PLAN_OPTIONS: KnownNames<IndexPlanOptions> = {
  exif: true,
  dateRules: true,
  places: true,
  importRegions: true,
  thumbnails: true,
  acceptMissing: true,
};

/**
 * The plan of an indexing: its options checked and completed, so that nobody after it asks for a default.
 *
 * @throws InvalidInputError for an option that is not what it should be
 */
export function makeIndexPlan(options: IndexPlanOptions & { analyzer?: FaceAnalyzerDescription }): IndexPlan {
  const { exif = true, dateRules, places = true, importRegions = true, thumbnails = true, acceptMissing = false } = options;
  for (const [name, value] of Object.entries({ exif, places, importRegions, thumbnails, acceptMissing })) {
    if (typeof value !== 'boolean') throw InvalidInputError.expected('true or false', name, value);
  }
  if (dateRules !== undefined && (typeof dateRules !== 'object' || dateRules === null || Array.isArray(dateRules))) {
    throw InvalidInputError.expected('the rules of readDateRules', 'dateRules', dateRules);
  }
  return {
    exif,
    dateRules: exif ? (dateRules ?? null) : null,
    places,
    regions: exif && importRegions,
    thumbnails,
    faces: options.analyzer === undefined ? null : planFaces(options.analyzer, thumbnails),
    acceptMissing,
  };
}

function planFaces({ space, detector, provenance }: FaceAnalyzerDescription, crops: boolean): FacesPlan {
  return { space, detector, provenance, crops };
}

/** What must be known of a photo for a plan to have nothing left to do with it. */
export function wantedFacts({ exif, dateRules, regions, faces }: IndexPlan): WantedFacts {
  return { exif, faces: faces !== null, crops: faces?.crops ?? false, regions, rules: hashOfRules(dateRules) };
}
