import type { VerifiedFile } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import type { Column } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface VerifyOptions {
  sample?: number;
}

const columns: Column<VerifiedFile>[] = [
  { title: 'STATE', value: (file) => file.state },
  { title: 'PHOTO', value: (file) => file.photoId },
  { title: 'PATH', value: (file) => `${file.root}/${file.path}` },
  { title: 'WHY', value: (file) => file.reason },
];

export function addVerifyFilesCommand(program: Command): void {
  program
    .command('verify-files')
    .description('Read files again and compare them with what was indexed: finds what a disk has lost. Changes nothing.')
    .argument('[path...]', 'files and folders; all of the library unless given')
    .addOption(
      new Flag('--sample <count>', 'only so many of them, drawn at random', {
        environment: 'PHOTOORG_SAMPLE',
        parse: parseCount,
      }),
    )
    .addHelpText('after', '\nLists what is not intact, and ends with code 1 when something is damaged or cannot be read.')
    .action(
      runCommand<VerifyOptions, [string[]]>(async ({ context, options, arguments: [paths] }) => {
        const library = await context.openLibrary();
        const rows = context.rows(columns, { empty: null });
        const counts = { intact: 0, damaged: 0, changed: 0, missing: 0, unreadable: 0 };
        const verified = library.files.verify({
          paths: paths.length > 0 ? paths : undefined,
          sample: options.sample,
          signal: context.signal,
        });
        for await (const file of verified) {
          counts[file.state]++;
          if (file.state === 'damaged' || file.state === 'unreadable') context.countFailure();
          if (file.state !== 'intact') await rows.write(file);
          const done = Object.values(counts).reduce((sum, count) => sum + count);
          context.reporter.progress({ done, total: null, text: `${done} files verified` });
        }
        await rows.end();
        const told = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
        context.reporter.note(told.join(', '));
      }),
    );
}
