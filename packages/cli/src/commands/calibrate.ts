import type { CalibratedConfidence, LearnedCalibration } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';
import { addLearningFlags, type LearningOptions, learn } from './learning.ts';

const probability = (value: number) => value.toFixed(3);

const columns: Column<CalibratedConfidence>[] = [
  { title: 'CLAIMED', value: ({ claimed }) => probability(claimed), align: 'right' },
  { title: 'WORTH', value: ({ worth }) => probability(worth), align: 'right' },
  { title: '90 % WITHIN', value: ({ interval: { low, high } }) => `${probability(low)} to ${probability(high)}` },
];

/** What --json prints: what was learned, as the SDK gives it. */
const jsonColumns: Column<LearnedCalibration>[] = [{ title: 'FACES', value: ({ facesTried }) => facesTried }];

export function addCalibrateCommand(program: Command): void {
  const command = program
    .command('calibrate')
    .description('Learns from the confirmed faces what the confidences of suggestions are worth in this library.');
  addLearningFlags(command, { facesFrom: 'PHOTOORG_CALIBRATE_FACES' }).action(
    runCommand<LearningOptions>(async ({ context, options }) => {
      const learned = await learn(context, options, (library, learning) => library.review.calibrate(learning));
      if (context.printsJson) return context.print(jsonColumns, learned);
      const rows = context.rows(columns);
      for (const confidence of learned.confidences) await rows.write(confidence);
      await rows.end();
      const { facesTried, knownShare } = learned;
      context.reporter.note(
        knownShare === null
          ? `Nothing was learned: ${formatNumber(facesTried)} confirmed faces are too few, or none waits for a name.`
          : `From ${formatNumber(facesTried)} confirmed faces; ${Math.round(100 * knownShare)} % of those that wait look like people who are known.`,
      );
    }),
  );
}
