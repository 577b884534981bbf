import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { derivePhotos } from '../saving/readings/derive-photos.ts';
import { refreshPhotos } from '../saving/rows/refresh-photos.ts';
import { saveRoots } from '../saving/rows/save-roots.ts';
import { holdsSomething } from './holds-something.ts';

/** Where a folder's files are kept. */
export interface SettledRoot<RootId = string> {
  /** Absolute. */
  root: string;
  /** null for one that a dry run does not save. */
  rootId: RootId;
  /** The folder below the root, in bytes; empty for the root itself. */
  under: Uint8Array;
  /** Whether the library has roots beside it, from which files may have moved. */
  hasOthers: boolean;
}

export interface SettleRootOptions {
  /** Change nothing. Default false. */
  dryRun?: boolean;
  /** Take in the files of roots inside this one even when their folders are gone. Default false: a disk may be mounted there again. */
  acceptMissing?: boolean;
}

interface KnownRoot {
  rootId: string;
  label: string;
}

/**
 * Finds the root that a folder belongs to, so that a file that is reached by two ways is stored once: a folder inside a known root is a
 * part of that, under whatever links its path leads there; one around known roots takes over their files. A folder that is new becomes
 * a root, except in a dry run. A hidden folder in a root is no part of it, since no scan of the root looks into it.
 *
 * @param folder absolute
 */
export async function settleRoot(
  context: LibraryContext,
  folder: string,
  options: SettleRootOptions & { dryRun?: false },
): Promise<SettledRoot>;
export async function settleRoot(
  context: LibraryContext,
  folder: string,
  options: SettleRootOptions,
): Promise<SettledRoot<string | null>>;
export async function settleRoot(
  context: LibraryContext,
  folder: string,
  { dryRun = false, acceptMissing = false }: SettleRootOptions,
): Promise<SettledRoot<string | null>> {
  const known = await readRoots(context);
  const real = await realPathOf(folder);
  const around = await findAround(known, folder, real);
  const takeOver = async (outer: KnownRoot & { real: string }) => {
    const others = known.filter(({ rootId }) => rootId !== outer.rootId);
    if (!dryRun) await takeOverFiles(context, outer, others, acceptMissing);
    return others.length > 0;
  };
  if (around !== null) {
    const { root, under } = around;
    const hasOthers = await takeOver({ ...root, real: around.real });
    return { root: root.label, rootId: root.rootId, under: Buffer.from(under), hasOthers };
  }
  const under = new Uint8Array();
  if (dryRun) return { root: folder, rootId: null, under, hasOthers: known.length > 0 };
  const rootId = (await saveRoots(context, [folder])).get(folder)!;
  return { root: folder, rootId, under, hasOthers: await takeOver({ rootId, label: folder, real }) };
}

async function readRoots(context: LibraryContext): Promise<KnownRoot[]> {
  const { rows } = await sql<KnownRoot>`
    SELECT root_id AS "rootId", label FROM roots WHERE library_id = ${context.libraryId} ORDER BY length(label), label`.execute(
    context.db,
  );
  return rows;
}

/** The outermost known root that the folder is or lies in. */
async function findAround(known: readonly KnownRoot[], folder: string, real: string) {
  const candidates = await Promise.all(
    known.map(async (root) => {
      const realRoot = await realPathOf(root.label);
      return { root, real: realRoot, under: below(root.label, folder) ?? below(realRoot, real) };
    }),
  );
  const around = candidates.flatMap(({ under, ...root }) => (under === null || isHidden(under) ? [] : [{ ...root, under }]));
  return around.sort((a, b) => b.under.length - a.under.length)[0] ?? null;
}

/** Moves what was stored under roots inside this one to it. What both have is the same file. */
async function takeOverFiles(
  context: LibraryContext,
  outer: KnownRoot & { real: string },
  others: readonly KnownRoot[],
  acceptMissing: boolean,
): Promise<void> {
  for (const inner of others) {
    const under = below(outer.label, inner.label) ?? below(outer.real, await realPathOf(inner.label));
    if (under === null || isHidden(under)) continue;
    if (!(acceptMissing || (await holdsSomething(inner.label)))) continue;
    const prefix = under === '' ? '' : `${under}/`;
    const moved = sql`${Buffer.from(prefix)}::bytea || inner_rows.path_bytes`;
    await context.transaction(async (transaction) => {
      const photoIds: string[] = [];
      for (const table of ['photo_files', 'ingest_errors'] as const) {
        const photoId = table === 'photo_files' ? sql`photo_id` : sql`NULL`;
        for (const statement of [
          sql`
            UPDATE ${sql.table(table)} inner_rows SET root_id = ${outer.rootId}, path_bytes = ${moved}, path = ${prefix} || inner_rows.path
            WHERE root_id = ${inner.rootId} AND NOT EXISTS (SELECT FROM ${sql.table(table)} taken
              WHERE taken.root_id = ${outer.rootId} AND sha256(taken.path_bytes) = sha256(${moved}))`,
          sql`DELETE FROM ${sql.table(table)} WHERE root_id = ${inner.rootId}`,
        ]) {
          const { rows } = await sql<{ photoId: string | null }>`${statement} RETURNING ${photoId} AS "photoId"`.execute(
            transaction.db,
          );
          for (const { photoId } of rows) if (photoId !== null) photoIds.push(photoId);
        }
      }
      await derivePhotos(transaction, photoIds);
      await refreshPhotos(transaction, photoIds);
    });
  }
}

/** The path from the folder to another that it is or contains, with slashes; null when it does not. */
function below(folder: string, other: string): string | null {
  const path = relative(folder, other);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return null;
  return path.replaceAll(sep, '/');
}

function isHidden(path: string): boolean {
  return path.split('/').some((name) => name.startsWith('.'));
}

/** The path itself for a folder that is not there, such as another machine's. */
function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
