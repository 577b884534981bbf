import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { isOpen } from '../evidence/evidence-rules.ts';
import { readBank } from '../evidence/face-bank.ts';
import type { FaceFacts } from '../evidence/face-facts.ts';
import { changeIdentity } from '../identity/change-identity.ts';
import type { IdentityChange } from '../identity/identity-change.ts';
import { decideApplications, decideImports, type LabelToApply } from '../identity/labelling/apply-labels.ts';
import { PROGRAM } from '../identity/labelling/create-labels.ts';
import { readNamed } from '../identity/people/read-named.ts';
import { readPeopleOfPhotos } from '../identity/read-people-of-photos.ts';
import { activeSpace } from '../library/active-space.ts';
import { readStamp } from '../library/library-changes.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { LabelSource } from '../model/labels.ts';
import type { NamesPlaced, PlaceNamesOptions } from '../model/place-names.ts';
import { stillThere } from '../review/still-there.ts';
import { creation } from '../saving/regions/find-or-create-people.ts';
import { newId } from '../values/new-id.ts';
import { Pace } from '../values/pace.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { placementConfidence } from './placement-confidence.ts';
import { type NameRates, NOBODY } from './puzzle.ts';
import { type NamedPerson, type NamesOfPhotos, readNamesOfPhotos } from './read-names.ts';
import { PLACING_METHOD, readPlacedFaces, readTakenOff } from './read-placed.ts';
import { type PuzzleOfLibrary, setPuzzle } from './set-puzzle.ts';
import { type Solution, solvePuzzle } from './solve-puzzle.ts';

const OPTIONS: KnownNames<PlaceNamesOptions> = {
  actor: true,
  dryRun: true,
  minConfidence: true,
  listedOnly: true,
  createAll: true,
  signal: true,
  onProgress: true,
};

/** On people who were not fitted on, 99 in 100 and more of those named from it on were right (bench/identity/fit-placing.ts, December 2026). */
const MIN_CONFIDENCE = 0.98;
/** Labels written in one transaction: it holds up people who label meanwhile for a moment only. */
const LABELS_PER_TRANSACTION = 500;
/** Of the time: the rest is the sampling. */
const SHARE_OF_GROUPS = 0.3;

/** See `PhotoLibrary.placeNames`. */
export async function placeNames(context: LibraryContext, options: PlaceNamesOptions): Promise<NamesPlaced> {
  refuseUnknown<PlaceNamesOptions>(options, OPTIONS, 'the options of placeNames');
  const { minConfidence = MIN_CONFIDENCE, signal, onProgress } = options;
  if (!(minConfidence >= 0 && minConfidence <= 1)) {
    throw InvalidInputError.expected('a number from 0 to 1', 'minConfidence', minConfidence);
  }
  // 1. Who is somewhere on which photo?
  const names = await readNamesOfPhotos(context, signal);
  if (names.names === 0) return write(context, nothingFound(names), options);
  // 2. Which faces are there, and what was said of them?
  const space = await activeSpace(context);
  if (!space) return write(context, nothingFound(names), options);
  const bank = await readBank(context, space, await readStamp(context), signal);
  const known = {
    bank,
    names,
    placed: await readPlacedFaces(context),
    takenOff: await readTakenOff(context),
    faceless: await readPeopleOfPhotos(context),
  };
  // 3. Which face is who?
  const given = await setPuzzle(known, {
    signal,
    onProgress: (share) => onProgress?.({ done: SHARE_OF_GROUPS * share }),
  });
  const solution = await solvePuzzle(given.puzzle, new Pace(signal), (share) =>
    onProgress?.({ done: SHARE_OF_GROUPS + (1 - SHARE_OF_GROUPS) * share }),
  );
  const found = choose(given, solution, { names, minConfidence, listedOnly: options.listedOnly ?? false });
  // 4. Write it down.
  return write(context, found, options);
}

/** A face that is certainly enough somebody. */
interface Chosen {
  readonly face: FaceFacts;
  readonly person: NamedPerson;
  readonly confidence: number;
  readonly isListed: boolean;
}

interface Found {
  readonly names: NamesOfPhotos;
  readonly rates: NameRates;
  readonly chosen: readonly Chosen[];
  readonly leftOpen: number;
}

function nothingFound(names: NamesOfPhotos): Found {
  return { names, rates: { missing: 0, wrong: 0 }, chosen: [], leftOpen: names.names };
}

/** The placements that are certain enough, of two in one photo that are one person the more certain one. */
function choose(
  { puzzle, faces, personIds }: PuzzleOfLibrary,
  { placements, rates }: Solution,
  given: { names: NamesOfPhotos; minConfidence: number; listedOnly: boolean },
): Found {
  const { names, minConfidence, listedOnly } = given;
  const certain = placements
    .map((placement) => ({ ...placement, confidence: placementConfidence(placement.clues) }))
    .filter(({ confidence, isListed }) => confidence >= minConfidence && (isListed || !listedOnly))
    .sort((a, b) => b.confidence - a.confidence || a.face - b.face);
  const taken = new Set<string>();
  const chosen: Chosen[] = [];
  for (const { face, person, confidence, isListed } of certain) {
    const facts = faces[face]!;
    const named = names.people.get(personIds[person]!);
    const key = `${facts.photoId} ${personIds[person]!}`;
    if (!named || taken.has(key) || !isOpen(facts)) continue;
    taken.add(key);
    chosen.push({ face: facts, person: named, confidence, isListed });
  }
  for (const [face, person] of puzzle.said.entries()) {
    if (person !== NOBODY) taken.add(`${faces[face]!.photoId} ${personIds[person]!}`);
  }
  let leftOpen = 0;
  for (const [photoId, people] of names.byPhoto) {
    for (const personId of people.keys()) if (!taken.has(`${photoId} ${personId}`)) leftOpen++;
  }
  return { names, rates, chosen, leftOpen };
}

async function write(context: LibraryContext, found: Found, options: PlaceNamesOptions): Promise<NamesPlaced> {
  const { actor = PROGRAM, dryRun = false, createAll = false, signal, onProgress } = options;
  const { names, rates, chosen, leftOpen } = found;
  const standing = await readStanding(context, chosen);
  const news = chosen.filter(({ face, person, isListed }) => {
    const label = standing.get(face.faceId);
    return label?.personId !== person.personId || (isListed && label.source === 'model_guess');
  });
  const needed = new Set(news.map(({ person }) => person.personId));
  const created = [...names.people.values()].filter(({ personId, isNew }) => isNew && (createAll || needed.has(personId)));
  const result: NamesPlaced = {
    batchId: null,
    photos: names.photos,
    names: names.names,
    placed: news.filter(({ isListed }) => isListed).length,
    guessed: news.filter(({ isListed }) => !isListed).length,
    kept: chosen.length - news.length,
    leftOpen,
    createdPeople: created.length,
    ambiguous: [...names.ambiguous],
    refused: [],
    rates,
  };
  onProgress?.({ done: 1 });
  if (dryRun || created.length + news.length === 0) return result;
  signal?.throwIfAborted();
  const batchId = newId();
  const meant = new Map<string, string>();
  let { events } = await changeIdentity(
    context,
    actor,
    async (transaction) => {
      // Somebody may go by the name by now: it is them.
      const named = await readNamed(
        transaction,
        created.map(({ name }) => name),
      );
      const bearers = new Map(named.flatMap((one) => (one.meant.length === 1 ? [[one.name, one.meant[0]!]] : [])));
      for (const { personId, name } of created) meant.set(personId, bearers.get(name) ?? personId);
      return created
        .filter(({ personId }) => meant.get(personId) === personId)
        .map(({ personId, name }) => creation({ personId, displayName: name }));
    },
    batchId,
  );
  result.createdPeople = [...meant].filter(([personId, bearer]) => personId === bearer).length;
  for (const part of partsByPhoto(news)) {
    signal?.throwIfAborted();
    const refusedHere: NamesPlaced['refused'] = [];
    const change = await changeIdentity(
      context,
      actor,
      (transaction) => decide(transaction, part, { ...found, meant }, refusedHere),
      batchId,
    );
    events += change.events;
    result.refused.push(...refusedHere);
  }
  const refused = new Set(result.refused.map(({ faceId }) => faceId));
  return {
    ...result,
    batchId: events > 0 ? batchId : null,
    placed: news.filter(({ isListed, face }) => isListed && !refused.has(face.faceId)).length,
    guessed: news.filter(({ isListed, face }) => !isListed && !refused.has(face.faceId)).length,
  };
}

/** Imports and guesses of the same photos in one transaction, as faces may trade their names. */
async function decide(
  transaction: LibraryContext,
  part: readonly Chosen[],
  { rates, names, meant }: Found & { meant: ReadonlyMap<string, string> },
  refused: NamesPlaced['refused'],
): Promise<IdentityChange[]> {
  refused.length = 0;
  const changes: IdentityChange[] = [];
  for (const isListed of [true, false]) {
    const some = part.filter((one) => one.isListed === isListed);
    if (some.length === 0) continue;
    const labels = await stillThere(
      transaction,
      some.map((one) => {
        const label = labelOf(one, rates, names);
        return { ...label, personId: meant.get(label.personId) ?? label.personId };
      }),
    );
    const applications = isListed ? await decideImports(transaction, labels) : await decideApplications(transaction, labels);
    for (const [i, application] of applications.entries()) {
      if ('changes' in application) changes.push(...application.changes);
      else {
        const { code, message } = application.refusal;
        const { faceId } = labels[i]!;
        refused.push({ faceId, name: some.find(({ face }) => face.faceId === faceId)!.person.name, code, message });
      }
    }
  }
  return changes;
}

/** Whole photos together, about so many labels each. */
function partsByPhoto(chosen: readonly Chosen[]): Chosen[][] {
  const parts: Chosen[][] = [];
  for (const photo of Map.groupBy(chosen, ({ face }) => face.photoId).values()) {
    const last = parts.at(-1);
    if (last && last.length < LABELS_PER_TRANSACTION) last.push(...photo);
    else parts.push([...photo]);
  }
  return parts;
}

type Standing = ReadonlyMap<string, { readonly personId: string; readonly source: LabelSource }>;

async function readStanding({ db }: LibraryContext, chosen: readonly Chosen[]): Promise<Standing> {
  const faceIds = chosen.map(({ face }) => face.faceId);
  const { rows } = await sql<{ faceId: string; personId: string; source: LabelSource }>`
    SELECT face_id AS "faceId", person_id AS "personId", label_source AS source FROM face_labels
    WHERE face_id = ANY (${faceIds}::uuid[])`.execute(db);
  return new Map(rows.map(({ faceId, ...label }) => [faceId, label]));
}

function labelOf({ face, person, confidence, isListed }: Chosen, rates: NameRates, names: NamesOfPhotos): LabelToApply {
  const origins = names.byPhoto.get(face.photoId)?.get(person.personId) ?? [];
  return {
    faceId: face.faceId,
    personId: person.personId,
    source: isListed ? 'imported' : 'model_guess',
    confidence,
    provenance: {
      method: PLACING_METHOD,
      rule: isListed ? 'the photo carries the name' : 'alike to faces of photos that carry the name',
      name: person.name,
      ...(isListed ? { says: origins } : {}),
      missing: Number(rates.missing.toFixed(3)),
      wrong: Number(rates.wrong.toFixed(3)),
    },
  };
}
