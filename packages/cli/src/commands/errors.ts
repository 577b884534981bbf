import type { IngestFileError } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';

import type { Column } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface ErrorsOptions {
  run?: string;
  resolved?: boolean;
}

const columns: Column<IngestFileError>[] = [
  { title: 'CODE', value: (error) => error.code },
  { title: 'STAGE', value: (error) => error.stage },
  { title: 'ATTEMPTS', value: (error) => error.attempts, align: 'right' },
  { title: 'LAST', value: (error) => error.lastAt.toISOString() },
  { title: 'FILE', value: (error) => `${error.root}/${error.path}` },
  { title: 'MESSAGE', value: (error) => error.message },
];

export function addErrorsCommand(program: Command): void {
  program
    .command('errors')
    .description('Files that could not be read, and why. `photoorg ingest --retry-failed` tries them again.')
    .addOption(new Flag('--run <id>', 'of this run', { environment: 'PHOTOORG_RUN' }))
    .addOption(
      new Flag('--resolved', 'also files that work again', {
        environment: 'PHOTOORG_RESOLVED',
      }),
    )
    .action(
      runCommand<ErrorsOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        const rows = context.rows(columns);
        for (const error of await library.runs.errors({ runId: options.run, unresolved: !options.resolved }))
          await rows.write(error);
        await rows.end();
      }),
    );
}
