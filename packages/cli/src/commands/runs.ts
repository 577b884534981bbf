import type { IngestRun } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { formatDuration } from '../output/format-duration.ts';
import type { Column } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface RunsOptions {
  limit: number;
}

const defaultRuns = 20;

const columns: Column<IngestRun>[] = [
  { title: 'RUN', value: (run) => run.runId },
  { title: 'STARTED', value: (run) => run.startedAt.toISOString() },
  { title: 'FINISHED', value: (run) => run.finishedAt?.toISOString() },
  { title: 'STATUS', value: (run) => run.status },
  { title: 'CONFIG', value: (run) => run.configHash.slice(0, 12) },
  {
    title: 'COUNTS',
    value: (run) =>
      Object.entries(run.counts)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
  },
  {
    title: 'LEFT OUT',
    value: (run) => run.leftOut?.map(({ kind, files }) => `${kind} ${files}`).join(', ') || null,
  },
  {
    title: 'WORK BY STAGE',
    value: (run) =>
      Object.entries(run.stageMillis)
        .map(([stage, millis]) => `${stage} ${formatDuration(millis)}`)
        .join(', '),
  },
];

export function addRunsCommand(program: Command): void {
  program
    .command('runs')
    .description(
      'Ingest runs, newest first, with what they did and how long each stage worked, files side by side added up; with --json also settings and versions.',
    )
    .addOption(
      new Flag('--limit <count>', 'at most this many', {
        environment: 'PHOTOORG_LIMIT',
        parse: parseCount,
        default: defaultRuns,
      }),
    )
    .action(
      runCommand<RunsOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        const rows = context.rows(columns);
        for (const run of await library.runs.list({ limit: options.limit })) await rows.write(run);
        await rows.end();
      }),
    );
}
