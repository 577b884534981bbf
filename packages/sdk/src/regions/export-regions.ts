import { type RawBuilder, sql } from 'kysely';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { contextOf } from '../library/library-internals.ts';
import type { ExportedRegions, ExportRegionsOptions } from '../model/export-regions.ts';
import { isUuid } from '../values/is-uuid.ts';
import { joinPathBytes } from '../values/join-path-bytes.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { OWN_PROGRAM, type PhotoToExport, readPhotosToExport } from './read-photos-to-export.ts';
import { rememberExport } from './remember-export.ts';

const IN_A_DRY_RUN = { created: 'would-create', updated: 'would-update', unchanged: 'unchanged' } as const;

const EXPORT_OPTIONS: KnownNames<ExportRegionsOptions> = {
  library: true,
  writeFaceRegions: true,
  photoIds: true,
  personId: true,
  keywords: true,
  dryRun: true,
  signal: true,
};

/** Photos per look into the database. */
const BATCH = 200;

/**
 * Writes who is on photos into sidecars beside them, for other programs: confirmed and imported names, no guesses. Regions that another
 * program drew are renamed where the library knows better; those that the library wrote for a name that is gone are removed; all others
 * stay. Originals are never written. Each file that cannot be written is told of, and the rest go on.
 *
 * What was written is remembered, so that the next indexing takes the library's own words for no news.
 *
 * Throws NotFoundError (PHOTO_NOT_FOUND, PERSON_NOT_FOUND) for an id that is none.
 *
 * @example
 * ```ts
 * for await (const file of exportRegions({ library, writeFaceRegions })) console.log(file.status, file.sidecar);
 * ```
 */
export async function* exportRegions(options: ExportRegionsOptions): AsyncGenerator<ExportedRegions, void, undefined> {
  refuseUnknown<ExportRegionsOptions>(options, EXPORT_OPTIONS, 'the options of exportRegions');
  const context = contextOf(options.library);
  const chosen = await chooseFaces(options);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    options.signal?.throwIfAborted();
    const photoIds = await nextPhotos(context, chosen, after);
    for (const photo of await readPhotosToExport(context, photoIds)) {
      options.signal?.throwIfAborted();
      yield await exportPhoto(context, photo, options);
    }
    if (photoIds.length < BATCH) return;
    after = photoIds.at(-1)!;
  }
}

async function chooseFaces({ library, photoIds, personId }: ExportRegionsOptions): Promise<RawBuilder<unknown>> {
  const malformed = photoIds?.find((photoId) => !isUuid(photoId));
  if (malformed !== undefined) throw new NotFoundError('photo', malformed);
  for (const photoId of photoIds ?? []) await library.photos.get(photoId);
  if (personId !== undefined) await library.people.get(personId);
  const conditions = [
    sql`true`,
    ...(photoIds ? [sql`photo.photo_id = ANY (${[...photoIds]}::uuid[])`] : []),
    ...(personId === undefined
      ? []
      : [
          sql`(EXISTS (SELECT FROM face_labels label WHERE label.photo_id = photo.photo_id AND label.person_id = ${personId})
            OR EXISTS (SELECT FROM photo_labels label WHERE label.photo_id = photo.photo_id AND label.person_id = ${personId}))`,
        ]),
  ];
  return sql.join(conditions, sql` AND `);
}

async function nextPhotos(context: LibraryContext, chosen: RawBuilder<unknown>, after: string): Promise<string[]> {
  const { rows } = await sql<{ photoId: string }>`
    SELECT photo_id AS "photoId" FROM photos photo
    WHERE library_id = ${context.libraryId} AND deleted_ts IS NULL AND photo_id > ${after} AND ${chosen} AND (
      EXISTS (SELECT FROM face_labels label WHERE label.photo_id = photo.photo_id AND label_source <> 'model_guess')
      OR EXISTS (SELECT FROM face_regions region WHERE region.photo_id = photo.photo_id AND program = ${OWN_PROGRAM})
      OR EXISTS (SELECT FROM identity_events event WHERE event.photo_id = photo.photo_id AND kind = 'photo_labelled'))
    ORDER BY photo_id LIMIT ${BATCH}`.execute(context.db);
  return rows.map((row) => row.photoId);
}

async function exportPhoto(
  context: LibraryContext,
  photo: PhotoToExport,
  { writeFaceRegions, keywords, dryRun = false, signal }: ExportRegionsOptions,
): Promise<ExportedRegions> {
  const named = photo.faces.flatMap(({ faceId, name, box, region }) =>
    name === null ? [] : [{ faceId, name, box, replaces: region }],
  );
  const outdated = photo.faces.filter(({ name, region }) => name === null && region?.program === OWN_PROGRAM);
  const result = { photoId: photo.photoId, path: photo.path, names: [...named.map(({ name }) => name), ...photo.people] };
  try {
    const absolutePath = Buffer.from(joinPathBytes(photo.rootBytes, photo.pathBytes));
    const written = await writeFaceRegions(absolutePath, {
      regions: named.map(({ name, box, replaces }) => ({ name, box, replaces })),
      removed: outdated.map(({ region }) => region!),
      people: photo.people,
      removedPeople: photo.removedPeople,
      keywords,
      indexedMtimeNs: photo.mtimeNs,
      dryRun,
      signal,
    });
    if (!dryRun) await rememberExport(context, photo, { ...written, named, outdated });
    return { ...result, status: dryRun ? IN_A_DRY_RUN[written.status] : written.status, sidecar: written.sidecar, error: null };
  } catch (error) {
    signal?.throwIfAborted();
    if (!isAboutTheFile(error)) throw error;
    return { ...result, status: 'failed', sidecar: null, error };
  }
}

/** A typed refusal of one file, as opposed to a database that is gone. */
function isAboutTheFile(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && /^(SIDECAR|FILE|METADATA|IMAGE|UNSUPPORTED)_/.test(String(error.code));
}
