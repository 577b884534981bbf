import type { LearnedPrior, LearnedPriors } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface RecomputePriorsOptions {
  faces?: number;
  dryRun?: boolean;
}

const weight = (value: number) => value.toFixed(2);

const columns: Column<LearnedPrior>[] = [
  { title: 'PRIOR', value: ({ prior }) => prior },
  { title: 'FACES', value: ({ faces }) => formatNumber(faces), align: 'right' },
  { title: 'FOR', value: ({ before, weight: after }) => `${weight(before.for)} -> ${weight(after.for)}` },
  { title: 'AGAINST', value: ({ before, weight: after }) => `${weight(before.against)} -> ${weight(after.against)}` },
];

/** What --json prints: what was learned, as the SDK gives it. */
const jsonColumns: Column<LearnedPriors>[] = [{ title: 'FACES', value: ({ facesTried }) => facesTried }];

export function addRecomputePriorsCommand(program: Command): void {
  program
    .command('recompute-priors')
    .description(
      'Learns from the confirmed faces how much it tells about who is on a photo when it was taken, where, and with whom.',
    )
    .addOption(
      new Flag('--faces <count>', 'try so many faces at most', {
        environment: 'PHOTOORG_PRIORS_FACES',
        parse: parseCount,
        default: 5_000,
      }),
    )
    .addOption(new Flag('--dry-run', 'only say what would be learned', { environment: 'PHOTOORG_DRY_RUN' }))
    .action(
      runCommand<RecomputePriorsOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        await context.reporter.startProgress();
        const learned = await library.review.recomputePriors({
          limit: options.faces,
          dryRun: options.dryRun,
          signal: context.signal,
          onProgress: ({ done, total }) =>
            context.reporter.progress({ text: `${formatNumber(done)} / ${formatNumber(total)} faces tried`, done, total }),
        });
        context.reporter.endProgress();
        if (context.printsJson) return context.print(jsonColumns, learned);
        const rows = context.rows(columns);
        for (const prior of learned.priors) await rows.write(prior);
        await rows.end();
        const { facesTried, logLikelihood } = learned;
        context.reporter.note(
          logLikelihood
            ? `From ${formatNumber(facesTried)} confirmed faces. Mean log-likelihood of the truth: ${logLikelihood.faceAlone.toFixed(4)} by the face alone, ${logLikelihood.before.toFixed(4)} as it was, ${logLikelihood.after.toFixed(4)} now.`
            : 'Nothing was learned: no face is confirmed yet.',
        );
      }),
    );
}
