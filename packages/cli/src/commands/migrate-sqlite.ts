import type { CopyIssue, CopyProgress, TableCounts } from '@photoorg/migrate';
import { type Command, InvalidArgumentError } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface MigrateSqliteOptions {
  pkColumn?: [table: string, column: string][];
  photosFolder?: string;
  batchSize?: number;
  dryRun?: boolean;
}

const columns: Column<TableCounts>[] = [
  { title: 'TABLE', value: (counts) => counts.table },
  { title: 'ROWS', value: (counts) => counts.rows, align: 'right' },
  { title: 'ADDED', value: (counts) => counts.added, align: 'right' },
  { title: 'KNOWN', value: (counts) => counts.known, align: 'right' },
  { title: 'SUPERSEDED', value: (counts) => counts.superseded, align: 'right' },
  { title: 'QUARANTINED', value: (counts) => counts.quarantined, align: 'right' },
  { title: 'INCOMPLETE', value: (counts) => counts.incomplete, align: 'right' },
];

export function addMigrateSqliteCommand(program: Command): void {
  const command = program
    .command('migrate-sqlite')
    .description(
      'Copy an old SQLite library (photos, faces, people, face_labels) into this one. The file is only read; a second run adds nothing.',
    )
    .argument('<file>', 'the SQLite file');
  const flags = [
    new Flag('--pk-column <table=column>', 'primary key of a table, where it is not found by itself; repeatable', {
      environment: 'PHOTOORG_PK_COLUMN',
      parse: parsePkColumn,
      repeatable: true,
    }),
    new Flag('--photos-folder <folder>', 'where relative photo paths start (default: the folder of the SQLite file)', {
      environment: 'PHOTOORG_PHOTOS_FOLDER',
    }),
    new Flag('--batch-size <count>', 'photos a transaction', { environment: 'PHOTOORG_BATCH_SIZE', parse: parseCount }),
    new Flag('--dry-run', 'read and check everything, write nothing', {
      environment: 'PHOTOORG_DRY_RUN',
    }),
  ];
  for (const flag of flags) command.addOption(flag);
  command.action(
    runCommand<MigrateSqliteOptions, [string]>(async ({ context, options, arguments: [sqlite] }) => {
      const { copySqliteToPostgres } = await import('@photoorg/migrate');
      const { readPhotoMetadata } = await import('@photoorg/ingest');
      const library = await context.openLibrary();
      await context.reporter.startProgress();
      const { tables } = await copySqliteToPostgres({
        sqlite,
        library,
        pkColumns: Object.fromEntries(options.pkColumn ?? []),
        photosFolder: options.photosFolder,
        readPhotoFacts: readPhotoMetadata,
        dryRun: options.dryRun,
        batchSize: options.batchSize,
        signal: context.signal,
        onProgress: (progress) => {
          if (progress.step === 'rows') context.reporter.progress({ ...progress, text: describeProgress(progress) });
          else context.reporter.note(describeProgress(progress));
        },
        onIssue: (issue) => context.fail(nameIssue(issue), issue.reason),
      });
      context.reporter.endProgress();
      const rows = context.rows(columns);
      for (const counts of tables) await rows.write(counts);
      await rows.end();
    }),
  );
}

function parsePkColumn(text: string): [string, string] {
  const [table, column, ...more] = text.split('=');
  if (!table || !column || more.length > 0)
    throw new InvalidArgumentError(`Expected table=column, such as faces=face_key, but received '${text}'.`);
  return [table, column];
}

function describeProgress({ table, step, done, total }: CopyProgress): string {
  const counts = `${formatNumber(done)} / ${formatNumber(total)} rows`;
  return `${table}: ${{ start: 'copying', rows: 'copied', end: 'done,' }[step]} ${step === 'start' ? `${formatNumber(total)} rows` : counts}`;
}

function nameIssue({ kind, table, key, column }: CopyIssue): string {
  return kind === 'row_quarantined' ? `${table} ${key} not copied` : `${table} ${key} copied without ${column}`;
}
