import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { NamedFace } from './read-regions.ts';

/** Notes down what was taken over, so that only what differs from it is news. Also of labels that were refused: they would be so every time. */
export async function rememberRegions(
  context: LibraryContext,
  {
    named,
    kept,
    withdrawn,
    runId,
  }: {
    named: readonly NamedFace[];
    /** Named as before: the program stays, since the library itself may be the one that wrote it. */
    kept: readonly NamedFace[];
    withdrawn: readonly { readonly faceId: string }[];
    runId: string | null;
  },
): Promise<void> {
  if (withdrawn.length > 0) {
    const gone = withdrawn.map(({ faceId }) => faceId);
    await sql`DELETE FROM face_regions WHERE face_id = ANY (${gone}::uuid[])`.execute(context.db);
  }
  const rows = [...named, ...kept].map(({ photoId, faceId, region: { name, source, file, program, box } }) => ({
    face_id: faceId,
    library_id: context.libraryId,
    photo_id: photoId,
    name,
    kind: source,
    bbox_x: box.x,
    bbox_y: box.y,
    bbox_w: box.width,
    bbox_h: box.height,
    file,
    program,
    run_id: runId,
  }));
  if (rows.length === 0) return;
  await context.db
    .insertInto('face_regions')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('face_id')
        .doUpdateSet((row) => ({
          name: row.ref('excluded.name'),
          kind: row.ref('excluded.kind'),
          bbox_x: row.ref('excluded.bbox_x'),
          bbox_y: row.ref('excluded.bbox_y'),
          bbox_w: row.ref('excluded.bbox_w'),
          bbox_h: row.ref('excluded.bbox_h'),
          file: row.ref('excluded.file'),
          program: sql<string>`CASE WHEN face_regions.name = excluded.name THEN face_regions.program ELSE excluded.program END`,
          run_id: row.ref('excluded.run_id'),
          created_ts: sql<Date>`now()`,
        }))
        .where(
          sql<boolean>`(face_regions.name, face_regions.file, face_regions.bbox_x, face_regions.bbox_y, face_regions.bbox_w, face_regions.bbox_h)
            IS DISTINCT FROM (excluded.name, excluded.file, excluded.bbox_x, excluded.bbox_y, excluded.bbox_w, excluded.bbox_h)`,
        ),
    )
    .execute();
}
