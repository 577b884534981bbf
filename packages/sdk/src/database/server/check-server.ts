import { type Kysely, sql } from 'kysely';
import { DatabaseUnavailableError, ServerTooOldError } from '../../errors/database-errors.ts';
import type { Tables } from '../../schema/tables.ts';

/** The oldest major version whose behaviour the test suite covers. */
export const OLDEST_SERVER = 16;

const REMEDIES: Record<string, string> = {
  '28P01': 'Check the user and the password in the database URL.',
  '28000': 'Check the user in the database URL, and that pg_hba.conf lets it in from this host.',
  '3D000': 'Create the database first: createdb NAME.',
  '53300': 'The server has no connection left: raise max_connections or close other programs.',
};
const UNREACHABLE_REMEDY =
  'Check that the server runs, and host and port in the database URL; leave out DATABASE_URL to use the embedded database.';

/** Throws when the server does not answer, refuses the log-in, or is too old. */
export async function checkServer(db: Kysely<Tables>, location: string): Promise<void> {
  let versions: { number: number; text: string };
  try {
    const { rows } = await sql<typeof versions>`
      SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text`.execute(db);
    versions = rows[0]!;
  } catch (error) {
    throw explain(error, location);
  }
  if (versions.number < OLDEST_SERVER * 10_000) throw new ServerTooOldError(versions.text, OLDEST_SERVER);
}

function explain(error: unknown, location: string): DatabaseUnavailableError {
  const cause = error instanceof DatabaseUnavailableError ? error.cause : error;
  const code = (cause as { code?: string }).code ?? '';
  const refused = code in REMEDIES;
  // Connecting to a name with several addresses fails with an AggregateError, which has no message of its own.
  const reason =
    cause instanceof AggregateError ? cause.errors.map(String).join('; ') : String((cause as Error).message ?? cause);
  return new DatabaseUnavailableError(
    `${refused ? 'The database refused the connection' : 'The database cannot be reached'} (${location}): ${reason}.`,
    {
      remedy: REMEDIES[code] ?? UNREACHABLE_REMEDY,
      retryable: !refused || code === '53300',
      cause,
    },
  );
}
