import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { noteUnsettled } from '../rows/unsettled-spans.ts';
import { keepFillings, withoutFillings } from './fillings.ts';
import { foldReadings, type RankedFacts, replaceReading } from './fold-readings.ts';
import { type Facts, type Reading, readColumns } from './reading.ts';
import { spansOfFacts } from './spans-of-facts.ts';

/** What a file that was just read says of its photo. */
export interface NewReading extends Reading {
  readonly photoId: string;
  /** Whether the library knew the file as one of this photo before. */
  readonly wasThere: boolean;
}

interface StoredFile {
  photo_id: string;
  file_id: string;
  kind: string;
  missing: boolean;
  path: string;
}

interface StoredPhoto {
  photo_id: string;
  missing: boolean;
  facts: Facts;
}

const listOf = (table: string) => sql.raw(readColumns.map(({ name }) => `${table}.${name}`).join(', '));
const assignments = sql.raw(readColumns.map(({ name }) => `${name} = folded.${name}`).join(', '));

/**
 * Makes photos what their files say that are there. What a photo's only file says is the row itself; from the second on, each reading is kept, so that it can
 * be taken back when the file goes or says something else. `created`: photos whose rows were just made of one of the readings; `displaced`: those that just lost
 * a file. Returns those that changed.
 */
export async function derivePhotos(
  context: LibraryContext,
  photoIds: Iterable<string>,
  {
    readings = [],
    created = new Set(),
    displaced = new Set(),
  }: { readings?: readonly NewReading[]; created?: ReadonlySet<string>; displaced?: ReadonlySet<string> } = {},
): Promise<Set<string>> {
  const read = Map.groupBy(readings, ({ photoId }) => photoId);
  const isSettled = (photoId: string) => created.has(photoId) && (read.get(photoId)?.length ?? 0) <= 1;
  const ids = [...new Set([...photoIds, ...read.keys()])].filter((photoId) => !isSettled(photoId)).sort();
  if (ids.length === 0) return new Set();
  const photos = await sql<StoredPhoto>`
    SELECT photo_id, missing_since IS NOT NULL AS missing, (SELECT to_jsonb(row) FROM (SELECT ${listOf('photos')}) AS row) AS facts FROM photos
    WHERE library_id = ${context.libraryId} AND photo_id = ANY (${ids}::uuid[]) ORDER BY sha256 FOR UPDATE`.execute(context.db);
  const files = await sql<StoredFile>`
    SELECT photo_id, file_id, kind, missing_since IS NOT NULL AS missing, rtrim(root.label, '/') || '/' || file.path AS path
    FROM photo_files file JOIN roots root USING (root_id) WHERE photo_id = ANY (${ids}::uuid[])`.execute(context.db);
  const stored = await sql<{ photo_id: string; file_id: string | null; facts: Facts }>`
    SELECT photo_id, file_id, facts FROM photo_readings WHERE photo_id = ANY (${ids}::uuid[])`.execute(context.db);
  const filesOf = Map.groupBy(files.rows, ({ photo_id }) => photo_id);
  const storedOf = Map.groupBy(stored.rows, ({ photo_id }) => photo_id);

  const folded: { photo_id: string; before: Facts; facts: Facts }[] = [];
  const kept: (Reading & { photoId: string })[] = [];
  for (const { photo_id, missing, facts: row } of photos.rows) {
    const isNew = created.has(photo_id);
    const known = gather({
      row: withoutFillings(row),
      isNew,
      hadFiles: missing || displaced.has(photo_id),
      files: filesOf.get(photo_id) ?? [],
      stored: new Map(storedOf.get(photo_id)?.map(({ file_id, facts }) => [file_id, facts])),
      read: read.get(photo_id) ?? [],
    });
    if (known.ranked.length === 0) continue;
    const rules = read.get(photo_id)?.at(-1)?.facts.shot_rules ?? row.shot_rules ?? null;
    folded.push({ photo_id, before: row, facts: keepFillings(foldReadings(known.ranked, rules), row) });
    if (known.readings.size > 1 || storedOf.has(photo_id)) {
      for (const [fileId, facts] of known.readings) kept.push({ photoId: photo_id, fileId, facts });
    }
  }
  await keepReadings(context, kept);
  return await writeFacts(context, folded);
}

/** All that is known of what the files of a photo say: kept, just read, or told by the row. */
function gather({
  row,
  isNew,
  hadFiles,
  files,
  stored,
  read,
}: {
  row: Facts;
  isNew: boolean;
  hadFiles: boolean;
  files: readonly StoredFile[];
  stored: ReadonlyMap<string | null, Facts>;
  read: readonly NewReading[];
}): { ranked: RankedFacts[]; readings: Map<string | null, Facts> } {
  const originals = new Map(files.flatMap((file) => (file.kind === 'original' ? [[file.file_id, file] as const] : [])));
  const readings = new Map([...stored].filter(([fileId]) => fileId === null || originals.has(fileId)));
  const unread = [...originals.keys()].filter(
    (fileId) => !readings.has(fileId) && !read.some((reading) => reading.fileId === fileId),
  );
  const owner = isNew || stored.size > 0 ? undefined : ownerOfRow({ files, unread, read, hadFiles });
  if (owner !== undefined) readings.set(owner, row);
  for (const { fileId, facts } of read) {
    const former = readings.get(fileId);
    readings.set(fileId, former ? replaceReading(former, facts) : facts);
  }
  const ranked = [...readings].map(([fileId, facts]): RankedFacts => {
    const file = fileId === null ? undefined : originals.get(fileId);
    return { facts, present: file ? !file.missing : true, path: file?.path ?? '' };
  });
  // Until all of them have been read again, what an earlier version folded of them stays behind what is known by now.
  const unknown = unread.filter((fileId) => fileId !== owner && !originals.get(fileId)?.missing);
  if (unknown.length > 0 && !isNew) ranked.push({ facts: { ...row, exif: null }, present: true, path: '' });
  return { ranked, readings };
}

/** The file whose reading a row is that has no other; null for a program's; undefined where it is that of a file that holds another picture now. */
function ownerOfRow({
  files,
  unread,
  read,
  hadFiles,
}: {
  files: readonly StoredFile[];
  unread: readonly string[];
  read: readonly NewReading[];
  hadFiles: boolean;
}): string | null | undefined {
  const again = read.find(({ wasThere }) => wasThere);
  if (again) return unread.length === 0 ? again.fileId : undefined;
  if (unread.length > 0) return unread.length === 1 ? unread[0] : undefined;
  // Of a photo with another file, that is the RAW file of a picture, which speaks for it from now on.
  const others = files.filter(({ file_id }) => !read.some(({ fileId }) => fileId === file_id));
  return others.length === 0 && !hadFiles ? null : undefined;
}

async function keepReadings(context: LibraryContext, readings: readonly (Reading & { photoId: string })[]): Promise<void> {
  if (readings.length === 0) return;
  const rows = readings.map(({ photoId, fileId, facts }) => ({ photo_id: photoId, file_id: fileId, facts }));
  await sql`
    INSERT INTO photo_readings (library_id, photo_id, file_id, facts)
    SELECT ${context.libraryId}, photo_id, file_id, facts
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS reading(photo_id uuid, file_id uuid, facts jsonb)
    ON CONFLICT (photo_id, file_id) DO UPDATE SET facts = excluded.facts WHERE photo_readings.facts <> excluded.facts`.execute(
    context.db,
  );
}

async function writeFacts(
  context: LibraryContext,
  photos: readonly { photo_id: string; before: Facts; facts: Facts }[],
): Promise<Set<string>> {
  if (photos.length === 0) return new Set();
  const rows = JSON.stringify(photos.map(({ photo_id, facts }) => ({ photo_id, ...facts })));
  const { rows: written } = await sql<{ photo_id: string }>`
    UPDATE photos SET ${assignments} FROM jsonb_populate_recordset(NULL::photos, ${rows}::jsonb) AS folded
    WHERE photos.photo_id = folded.photo_id
      AND (${listOf('photos')}) IS DISTINCT FROM (${listOf('folded')})
    RETURNING photos.photo_id`.execute(context.db);
  const changed = new Set(written.map(({ photo_id }) => photo_id));
  const spans = photos.flatMap(({ photo_id, before, facts }) =>
    changed.has(photo_id) ? [before, facts].flatMap(spansOfFacts) : [],
  );
  await noteUnsettled(context, spans);
  return changed;
}
