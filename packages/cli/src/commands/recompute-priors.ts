import type { LearnedPrior, LearnedPriors } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';
import { addLearningFlags, type LearningOptions, learn } from './learning.ts';

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
  const command = program
    .command('recompute-priors')
    .description(
      'Learns from the confirmed faces how much it tells about who is on a photo when it was taken, where, and with whom.',
    );
  addLearningFlags(command, { facesFrom: 'PHOTOORG_PRIORS_FACES' }).action(
    runCommand<LearningOptions>(async ({ context, options }) => {
      const learned = await learn(context, options, (library, learning) => library.review.recomputePriors(learning));
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
