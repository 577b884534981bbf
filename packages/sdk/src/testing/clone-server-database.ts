import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openServerDatabase } from '../database/server/open-server-database.ts';
import { migrateSchema } from '../schema/migrate.ts';
import { schemaFingerprint } from '../schema/schema-fingerprint.ts';

const templateName = `photoorg_template_${schemaFingerprint}`;
/** Held while the template is made, so that test files running at once make it once. */
const TEMPLATE_LOCK = 7_406_731;

/** A new database on the server of `url`, a copy of a migrated one: a tenth of a second instead of a migration per test file. */
export async function cloneServerDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `photoorg_test_${randomUUID().replaceAll('-', '')}`;
  await administer(url, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [templateName]);
    if (!rowCount) await createTemplate(admin, url);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  });
  return {
    url: withDatabase(url, name),
    drop: () => administer(url, async (admin) => void (await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

async function createTemplate(admin: pg.Client, url: string): Promise<void> {
  const unfinished = `${templateName}_new`;
  await admin.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${unfinished}`);
  const database = await openServerDatabase(withDatabase(url, unfinished));
  await migrateSchema(database.db).finally(() => database.close());
  await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${templateName}`);
}

async function administer(url: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
