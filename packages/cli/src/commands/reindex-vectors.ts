import type { ReindexResult } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';

import type { Column } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface ReindexVectorsOptions {
  index?: 'ivfflat' | 'hnsw';
  force?: boolean;
  dryRun?: boolean;
}

const columns: Column<ReindexResult>[] = [
  { title: 'SPACE', value: (result) => result.space },
  { title: 'FACES', value: (result) => result.rows, align: 'right' },
  { title: 'ACTION', value: (result) => result.action },
  { title: 'INDEX', value: (result) => result.kind },
  { title: 'RECALL@10', value: (result) => result.recallAt10, align: 'right' },
  { title: 'REASON', value: (result) => result.reason },
];

export function addReindexVectorsCommand(program: Command): void {
  program
    .command('reindex-vectors')
    .description(
      'Build, rebuild or drop the vector index of each embedding space, as its size calls for, and measure its recall.',
    )
    .addOption(
      new Flag('--index <kind>', 'kind of index (default: hnsw)', {
        environment: 'PGVECTOR_INDEX',
        choices: ['ivfflat', 'hnsw'],
      }),
    )
    .addOption(
      new Flag('--force', 'build one even where an exact scan is better', {
        environment: 'PHOTOORG_FORCE',
      }),
    )
    .addOption(
      new Flag('--dry-run', 'say only what would be done', {
        environment: 'PHOTOORG_DRY_RUN',
      }),
    )
    .action(
      runCommand<ReindexVectorsOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        const results = await library.reindexVectors({
          kind: options.index,
          force: options.force,
          dryRun: options.dryRun,
          signal: context.signal,
          onProgress: ({ step }) => context.reporter.note(step),
        });
        const rows = context.rows(columns);
        for (const result of results) await rows.write(result);
        await rows.end();
      }),
    );
}
