import type { DoubtedLabel } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface AuditOptions {
  limit: number;
}

const columns: Column<DoubtedLabel>[] = [
  { title: 'FACE', value: (label) => label.faceId },
  { title: 'PERSON', value: (label) => label.person.displayName },
  { title: 'INSTEAD', value: (label) => label.instead?.person.displayName },
  { title: 'DOUBT', value: (label) => label.doubt?.toFixed(1) ?? 'certain', align: 'right' },
  { title: 'WHY', value: (label) => label.reason },
];

export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .description('Confirmed and imported names that may be wrong, the most doubtful first. Changes nothing.')
    .addOption(new Flag('--limit <count>', 'so many at most', { environment: 'PHOTOORG_LIMIT', parse: parseCount, default: 100 }))
    .addHelpText('after', '\n`photoorg label confirm` corrects a name, `photoorg label clear` takes it off.')
    .action(
      runCommand<AuditOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        await context.reporter.startProgress();
        const doubted = await library.review.audit({
          limit: options.limit,
          signal: context.signal,
          onProgress: ({ done, total }) =>
            context.reporter.progress({ text: `${formatNumber(done)} / ${formatNumber(total)} names looked at`, done, total }),
        });
        context.reporter.endProgress();
        const rows = context.rows(columns, { empty: 'No name is in doubt.' });
        for (const label of doubted) await rows.write(label);
        await rows.end();
      }),
    );
}
