/**
 * Writes docs/data-model.md from the migrated schema of an embedded database, so that the page cannot tell of columns that are not
 * there. `--check` writes nothing and fails when the page is not what it would write.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { migrations } from '../packages/sdk/src/schema/migrations/index.ts';

const page = fileURLToPath(new URL('../docs/data-model.md', import.meta.url));

interface Column {
  name: string;
  type: string;
  required: boolean;
  initial: string | null;
  generated: boolean;
  comment: string | null;
}

interface Constraint {
  kind: 'p' | 'u' | 'f' | 'c';
  definition: string;
  target: string | null;
}

interface Table {
  name: string;
  comment: string | null;
  columns: Column[];
  constraints: Constraint[];
  indexes: string[];
}

const database = await PGlite.create({ extensions: { vector } });
for (const migration of migrations) for (const statement of migration.statements) await database.query(statement);
const markdown = describe(await readTables());
await database.close();

if (process.argv.includes('--check')) {
  const written = await readFile(page, 'utf8').catch(() => '');
  if (written !== markdown) {
    console.error('docs/data-model.md is not what the schema says. Run: node scripts/generate-data-model.ts');
    process.exitCode = 1;
  }
} else {
  await writeFile(page, markdown);
}

async function readTables(): Promise<Table[]> {
  const { rows } = await database.query<Table>(`
    SELECT class.relname AS name, obj_description(class.oid) AS comment,
      (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod), 'required', attnotnull,
          'initial', pg_get_expr(adbin, adrelid), 'generated', attgenerated <> '' OR attidentity <> '',
          'comment', col_description(class.oid, attnum)) ORDER BY attnum)
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = class.oid AND attnum > 0 AND NOT attisdropped) AS columns,
      coalesce((SELECT json_agg(json_build_object('kind', contype, 'definition', pg_get_constraintdef(oid),
          'target', confrelid::regclass::text) ORDER BY contype DESC, conname)
        FROM pg_constraint WHERE conrelid = class.oid AND contype IN ('p', 'u', 'f', 'c')), '[]') AS constraints,
      coalesce((SELECT json_agg(pg_get_indexdef(indexrelid) ORDER BY indexrelid::regclass::text)
        FROM pg_index WHERE indrelid = class.oid
          AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))), '[]') AS indexes
    FROM pg_class class
    WHERE class.relkind = 'r' AND class.relnamespace = 'public'::regnamespace
    ORDER BY class.oid`);
  return rows;
}

function describe(tables: Table[]): string {
  const links = tables.flatMap(({ name, constraints }) =>
    constraints.filter(({ kind }) => kind === 'f').map(({ target }) => `  ${name} }o--|| ${target} : ""`),
  );
  return [
    '---\ntitle: Data model\n---\n',
    '# Data model\n',
    '<!-- Written by scripts/generate-data-model.ts from the migrated schema; change the migrations, not this page. -->\n',
    `Schema version ${migrations.at(-1)!.version}. The same on the embedded database and on a server. Ids are UUIDs of version 7, made by the program: they sort by`,
    'the time they were made. Instants are `timestamptz`; a `timestamp` is what a clock on the wall showed. Boxes and points are in pixels of the upright image.\n',
    ['```mermaid', 'erDiagram', ...[...new Set(links)], '```\n'].join('\n'),
    ...tables.map(describeTable),
  ].join('\n');
}

function describeTable({ name, comment, columns, constraints, indexes }: Table): string {
  const rows = columns.map(({ name, type, required, initial, generated, comment }) => {
    const notes = [required ? 'required' : null, describeDefault(initial, generated)].filter((note) => note !== null);
    return `| ${name} | ${cell(type)} | ${cell(notes.join(', '))} | ${cell(comment ?? '')} |`;
  });
  const rules = constraints.map(({ definition }) => `- \`${shorten(definition)}\``);
  return [
    `## ${name}\n`,
    comment ? `${comment}\n` : '',
    '| column | type | | |\n|---|---|---|---|',
    `${rows.join('\n')}\n`,
    rules.length > 0 ? `${rules.join('\n')}\n` : '',
    indexes.length > 0
      ? `Indexes:\n\n${indexes.map((index) => `- \`${shorten(index.replace(/ ON public\./, ' ON '))}\``).join('\n')}\n`
      : '',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function describeDefault(initial: string | null, generated: boolean): string | null {
  if (generated) return 'computed';
  return initial === null ? null : `default \`${initial.replace(/::\w+(\[\])?$/, '')}\``;
}

function shorten(sql: string): string {
  return sql.replace(/\s+/g, ' ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
