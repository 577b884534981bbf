import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { DuplicateGroup, DuplicatePhoto, Duplicates } from '../model/duplicates.ts';
import type { PhotoLook } from '../values/likeness/photo-look.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { groupBursts } from './group-bursts.ts';
import { type GroupOfLooks, groupCopies } from './group-copies.ts';

/** Photos that a library holds more than once: to the byte, to the eye, or nearly. */
export function createDuplicates(context: LibraryContext): Duplicates {
  return { find: (options = {}) => findDuplicates(context, options) };
}

/** Photos per round trip. */
const BATCH = 20_000;

const EVERY_KIND: readonly DuplicateGroup['kind'][] = ['exact', 'near', 'burst'];

type FindOptions = NonNullable<Parameters<Duplicates['find']>[0]>;

async function findDuplicates(context: LibraryContext, options: FindOptions): Promise<DuplicateGroup[]> {
  refuseUnknown<FindOptions>(options, { kinds: true, signal: true }, 'the options of duplicates.find');
  const { kinds = EVERY_KIND, signal } = options;
  const unknown = kinds.find((kind) => !EVERY_KIND.includes(kind));
  if (unknown !== undefined) throw InvalidInputError.expected("'exact', 'near' or 'burst'", 'kinds', unknown);
  const looks = await readLooks(context, signal);
  const exact = looks.filter(({ paths }) => paths.length > 1).map((look) => ({ photos: [look], distances: [0] }));
  const seen = looks.filter((look): look is PhotoLook => look.phash !== null);
  const copies = kinds.includes('near') || kinds.includes('burst') ? groupCopies(seen) : [];
  // A smaller copy of a shot is no shot of its own.
  const lesser = new Set(copies.flatMap(({ photos }) => photos.slice(1)));
  const bursts = kinds.includes('burst') ? groupBursts(seen.filter((look) => !lesser.has(look))) : [];
  signal?.throwIfAborted();
  return [
    ...(kinds.includes('exact') ? describe('exact', exact, reasonOfExact) : []),
    ...(kinds.includes('near') ? describe('near', copies, reasonOfCopies) : []),
    ...describe('burst', bursts, reasonOfBurst),
  ];
}

type Look = Omit<PhotoLook, 'phash'> & { readonly phash: string | null };
type Group = { readonly photos: readonly Look[]; readonly distances: readonly number[] };

async function readLooks(context: LibraryContext, signal: AbortSignal | undefined): Promise<Look[]> {
  const looks: Look[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<Omit<Look, 'filesize'> & { filesize: bigint }>`
      SELECT photo.photo_id AS "photoId", CASE WHEN picture_error IS NULL THEN phash::text END AS phash, width, height, filesize,
        nullif(concat_ws(' ', camera_make, camera_model), '') AS camera,
        CASE WHEN shot_ts_precision IN ('second', 'subsecond') AND shot_ts_source NOT LIKE 'file:%'
          THEN (extract(epoch FROM shot_local) * 1000)::float8 END AS "shotMillis",
        to_char(shot_local, 'YYYY-MM-DD"T"HH24:MI:SS.MS') AS "shotLocal", found.paths
      FROM photos photo JOIN LATERAL (
        SELECT array_agg(DISTINCT (rtrim(root.label, '/') || '/' || file.path) COLLATE "C") AS paths
        FROM photo_files file JOIN roots root USING (root_id)
        WHERE file.photo_id = photo.photo_id AND file.missing_since IS NULL AND kind = 'original'
      ) AS found ON true
      WHERE photo.library_id = ${context.libraryId} AND deleted_ts IS NULL AND found.paths IS NOT NULL AND photo.photo_id > ${after}
      ORDER BY photo.photo_id LIMIT ${BATCH}`.execute(context.db, { signal, inflightQueryAbortStrategy: 'cancel query' });
    for (const row of rows) looks.push({ ...row, filesize: Number(row.filesize) });
    if (rows.length < BATCH) return looks;
    after = rows.at(-1)!.photoId;
  }
}

function describe<Kind extends Group | GroupOfLooks>(
  kind: DuplicateGroup['kind'],
  groups: readonly Kind[],
  reasonOf: (group: Kind) => string,
): DuplicateGroup[] {
  return groups
    .map((group) => ({
      kind,
      reason: reasonOf(group),
      photos: group.photos.map((look, i) => toPhoto(look, group.distances[i]!)),
    }))
    .sort((a, b) => (a.photos[0]!.paths[0]! < b.photos[0]!.paths[0]! ? -1 : 1));
}

function toPhoto(look: Look, distance: number): DuplicatePhoto {
  const { photoId, paths, width, height, filesize } = look;
  return { photoId, paths, width, height, filesize, shotLocal: look.shotLocal?.replace(/\.000$/, '') ?? null, distance };
}

function reasonOfExact({ photos: [photo] }: Group): string {
  return `The same content, byte for byte, in ${photo!.paths.length} files.`;
}

function reasonOfCopies({ photos: [first, ...others], distances }: GroupOfLooks): string {
  const smaller = others.filter((other) => other.width * other.height < first!.width * first!.height).length;
  const kinds = [
    ...(smaller > 0 ? [`${smaller} smaller`] : []),
    ...(others.length > smaller ? [`${others.length - smaller} of the same size, recompressed or edited`] : []),
  ];
  return `Copies of one picture: ${kinds.join(' and ')}; up to ${Math.max(...distances)} of 64 bits of their look differ.`;
}

function reasonOfBurst({ photos, distances }: GroupOfLooks): string {
  const seconds = (photos.at(-1)!.shotMillis! - photos[0]!.shotMillis!) / 1000;
  const length = seconds === 0 ? 'the same second' : `${seconds.toFixed(1)} seconds`;
  return `${photos.length} shots of one scene by ${photos[0]!.camera} within ${length}; up to ${Math.max(...distances)} of 64 bits of their look differ.`;
}
