import type { CalibratedConfidence, LearnedCalibration } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface CalibrateOptions {
  faces?: number;
  dryRun?: boolean;
}

const probability = (value: number) => value.toFixed(3);

const columns: Column<CalibratedConfidence>[] = [
  { title: 'CLAIMED', value: ({ claimed }) => probability(claimed), align: 'right' },
  { title: 'WORTH', value: ({ worth }) => probability(worth), align: 'right' },
  { title: '90 % WITHIN', value: ({ interval: { low, high } }) => `${probability(low)} to ${probability(high)}` },
];

/** What --json prints: what was learned, as the SDK gives it. */
const jsonColumns: Column<LearnedCalibration>[] = [{ title: 'FACES', value: ({ facesTried }) => facesTried }];

export function addCalibrateCommand(program: Command): void {
  program
    .command('calibrate')
    .description('Learns from the confirmed faces what the confidences of suggestions are worth in this library.')
    .addOption(
      new Flag('--faces <count>', 'try so many faces at most', {
        environment: 'PHOTOORG_CALIBRATE_FACES',
        parse: parseCount,
        default: 5_000,
      }),
    )
    .addOption(new Flag('--dry-run', 'only say what would be learned', { environment: 'PHOTOORG_DRY_RUN' }))
    .action(
      runCommand<CalibrateOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        await context.reporter.startProgress();
        const learned = await library.review.calibrate({
          limit: options.faces,
          dryRun: options.dryRun,
          signal: context.signal,
          onProgress: ({ done, total }) =>
            context.reporter.progress({ text: `${formatNumber(done)} / ${formatNumber(total)} faces tried`, done, total }),
        });
        context.reporter.endProgress();
        if (context.printsJson) return context.print(jsonColumns, learned);
        const rows = context.rows(columns);
        for (const confidence of learned.confidences) await rows.write(confidence);
        await rows.end();
        const { facesTried, knownShare } = learned;
        context.reporter.note(
          knownShare === null
            ? `Nothing was learned: of ${formatNumber(facesTried)} confirmed faces, or without any that wait, it says too little.`
            : `From ${formatNumber(facesTried)} confirmed faces; ${Math.round(100 * knownShare)} % of those that wait look like people who are known.`,
        );
      }),
    );
}
