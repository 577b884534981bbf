import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { FaceBox } from '../model/face-box.ts';
import { type FaceToExport, OWN_PROGRAM, type PhotoToExport } from './read-photos-to-export.ts';

interface Export {
  readonly sidecar: string;
  readonly mtimeNs: bigint;
  /** Where each named face's region stands. */
  readonly boxes: readonly FaceBox[];
  readonly named: readonly (Pick<FaceToExport, 'faceId'> & { readonly name: string })[];
  readonly outdated: readonly FaceToExport[];
}

/**
 * Notes down what a sidecar says now, as if it had been read: the next indexing then finds the file unchanged, and the regions say
 * nothing new should it be read for another reason.
 */
export async function rememberExport(
  context: LibraryContext,
  { photoId, fileId }: PhotoToExport,
  { sidecar, mtimeNs, boxes, named, outdated }: Export,
): Promise<void> {
  await context.transaction(async ({ db, libraryId }) => {
    const gone = outdated.map(({ faceId }) => faceId);
    if (gone.length > 0) await db.deleteFrom('face_regions').where('face_id', 'in', gone).execute();
    const rows = named.map(({ faceId, name }, index) => {
      const { x, y, width, height } = boxes[index]!;
      return {
        face_id: faceId,
        library_id: libraryId,
        photo_id: photoId,
        name,
        kind: 'mwg-rs' as const,
        bbox_x: x,
        bbox_y: y,
        bbox_w: width,
        bbox_h: height,
        file: sidecar,
        program: OWN_PROGRAM,
      };
    });
    if (rows.length > 0) {
      await db
        .insertInto('face_regions')
        .values(rows)
        .onConflict((conflict) =>
          conflict.column('face_id').doUpdateSet((row) => ({
            name: row.ref('excluded.name'),
            file: row.ref('excluded.file'),
            program: sql<string>`CASE WHEN face_regions.name = excluded.name THEN face_regions.program ELSE excluded.program END`,
          })),
        )
        .execute();
    }
    // Without a state the newest time tells that nothing changed; the next run notes the state with the new sidecar. What that says is not known as
    // a whole until it is read: it may hold regions that are not the library's.
    await sql`
      UPDATE photo_files SET mtime_ns = greatest(mtime_ns, ${mtimeNs.toString()}::bigint), fingerprint = NULL, regions = NULL
      WHERE file_id = ${fileId}`.execute(db);
  });
}
