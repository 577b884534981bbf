import { initialComments } from './0001-comments.ts';
import { initialSchema } from './0001-initial.ts';
import { faceRegions } from './0002-face-regions.ts';
import { fileEvents } from './0003-file-events.ts';
import { placesAndOffsets } from './0004-places-and-offsets.ts';
import { companionFiles } from './0005-companion-files.ts';
import { editedPhotos } from './0006-edited-photos.ts';
import { filesByPath } from './0007-files-by-path.ts';
import { exposureAndDirection } from './0008-exposure-and-direction.ts';
import { libraryChanges } from './0009-library-changes.ts';
import { spacesSideBySide } from './0010-spaces-side-by-side.ts';
import { peopleByEntry } from './0011-people-by-entry.ts';
import { photoReadings } from './0012-photo-readings.ts';
import { foldedText } from './0013-folded-text.ts';
import { instantsInTheTimeline } from './0014-instants-in-the-timeline.ts';
import { peopleAndKeywordPaths } from './0015-people-and-keyword-paths.ts';
import { damagedAndLeftOut } from './0016-damaged-and-left-out.ts';
import { faceGroups } from './0017-face-groups.ts';
import { whyItIsNobody } from './0018-why-it-is-nobody.ts';
import { learnedPriors } from './0019-learned-priors.ts';
import { facesByHand } from './0020-faces-by-hand.ts';
import { peopleWithoutFaces } from './0021-people-without-faces.ts';
import { learnedCalibrations } from './0022-learned-calibrations.ts';

export interface Migration {
  /** Its place in the order; also the schema's version once it is applied. */
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** Every migration, in order. A released one is never edited; a change is a new entry. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'initial', statements: [...initialSchema, ...initialComments] },
  { version: 2, name: 'face-regions', statements: faceRegions },
  { version: 3, name: 'file-events', statements: fileEvents },
  { version: 4, name: 'places-and-offsets', statements: placesAndOffsets },
  { version: 5, name: 'companion-files', statements: companionFiles },
  { version: 6, name: 'edited-photos', statements: editedPhotos },
  { version: 7, name: 'files-by-path', statements: filesByPath },
  { version: 8, name: 'exposure-and-direction', statements: exposureAndDirection },
  { version: 9, name: 'library-changes', statements: libraryChanges },
  { version: 10, name: 'spaces-side-by-side', statements: spacesSideBySide },
  { version: 11, name: 'people-by-entry', statements: peopleByEntry },
  { version: 12, name: 'photo-readings', statements: photoReadings },
  { version: 13, name: 'folded-text', statements: foldedText },
  { version: 14, name: 'instants-in-the-timeline', statements: instantsInTheTimeline },
  { version: 15, name: 'people-and-keyword-paths', statements: peopleAndKeywordPaths },
  { version: 16, name: 'damaged-and-left-out', statements: damagedAndLeftOut },
  { version: 17, name: 'face-groups', statements: faceGroups },
  { version: 18, name: 'why-it-is-nobody', statements: whyItIsNobody },
  { version: 19, name: 'learned-priors', statements: learnedPriors },
  { version: 20, name: 'faces-by-hand', statements: facesByHand },
  { version: 21, name: 'people-without-faces', statements: peopleWithoutFaces },
  { version: 22, name: 'learned-calibrations', statements: learnedCalibrations },
];

/** The schema version that this package works with. */
export const SCHEMA_VERSION = migrations.at(-1)!.version;
