/*
 * Commits one number after another into the folder given, and says each as soon as it is acknowledged; what ends it is said by its code,
 * and so is what the next statement meets.
 */
import { sql } from 'kysely';
import { openFolderDatabase } from '../../src/database/embedded/open-embedded-database.ts';

const [, , folder, durability = 'full', renewMillis = '100', trustMillis = '600'] = process.argv;
const { db, close } = await openFolderDatabase(folder!, {
  durability: durability as 'full' | 'relaxed',
  lockTiming: { renewMillis: Number(renewMillis), trustMillis: Number(trustMillis) },
});
const codeOf = (error: Error & { code?: string }) => error.code ?? error.message;
await sql`CREATE TABLE IF NOT EXISTS numbers (n integer)`.execute(db);
const { rows } = await sql<{ next: number }>`SELECT coalesce(max(n) + 1, 0) AS next FROM numbers`.execute(db);
try {
  for (let next = rows[0]!.next; ; next++) {
    await sql`INSERT INTO numbers VALUES (${next})`.execute(db);
    console.log(next);
  }
} catch (error) {
  console.log(codeOf(error as Error));
}
console.log(await sql`SELECT 1`.execute(db).then(() => 'goes on', codeOf));
await close();
console.log('closed');
