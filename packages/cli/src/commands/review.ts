import type { ApplyCertainResult, ReviewItem } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type ActorOptions, actorFlag, actorOf } from '../flags/actor-flag.ts';
import { addDefaultCommand } from '../flags/default-command.ts';
import { Flag } from '../flags/flag.ts';
import { type ListOptions, listFlags } from '../flags/list-flags.ts';
import { parseConfidence } from '../flags/parse-value.ts';
import { type Column, formatNumber } from '../output/table.ts';
import { printPages } from '../runtime/print-pages.ts';
import { runCommand } from '../runtime/run-command.ts';

interface QueueOptions extends ListOptions {
  minConfidence?: number;
}

interface ApplyOptions extends ActorOptions {
  dryRun?: boolean;
  maxErrorRate?: number;
}

const queueColumns: Column<ReviewItem>[] = [
  { title: 'FACE', value: (item) => item.face.faceId },
  { title: 'PERSON', value: (item) => item.suggestions[0]?.person.displayName },
  { title: 'CONFIDENCE', value: (item) => item.suggestions[0]?.confidence.toFixed(2), align: 'right' },
  { title: 'REASON', value: (item) => item.suggestions[0]?.reason },
  { title: 'PATH', value: (item) => item.photo.path },
];

const applyColumns: Column<ApplyCertainResult>[] = [
  { title: 'BATCH', value: (result) => result.batchId },
  { title: 'CONSIDERED', value: (result) => result.considered, align: 'right' },
  { title: 'APPLIED', value: (result) => result.applied, align: 'right' },
  { title: 'CHANGED', value: (result) => result.changed, align: 'right' },
  { title: 'WITHDRAWN', value: (result) => result.withdrawn, align: 'right' },
  { title: 'KEPT', value: (result) => result.kept, align: 'right' },
  { title: 'TO ASK', value: (result) => result.asked, align: 'right' },
  { title: 'LEFT UNKNOWN', value: (result) => result.leftUnknown, align: 'right' },
];

export function addReviewCommand(program: Command): void {
  const review = program.command('review').description('The questions worth asking, and names certain enough to apply.');

  const queue = addDefaultCommand(review, 'queue').description('Faces that deserve a question, most useful first.');
  queue.addOption(
    new Flag('--min-confidence <confidence>', 'only questions whose best answer reaches this', {
      environment: 'PHOTOORG_MIN_CONFIDENCE',
      parse: parseConfidence,
    }),
  );
  for (const flag of listFlags()) queue.addOption(flag);
  queue.action(
    runCommand<QueueOptions>(async ({ context, options }) => {
      const library = await context.openLibrary();
      await printPages(context, options, queueColumns, (page) =>
        library.review.queue({ minConfidence: options.minConfidence, ...page }),
      );
    }),
  );

  review
    .command('apply')
    .description(
      'Apply every name at or above the auto-apply threshold, and withdraw guesses that are no longer certain. `photoorg label undo BATCH` takes it back.',
    )
    .addOption(new Flag('--dry-run', 'count only', { environment: 'PHOTOORG_DRY_RUN' }))
    .addOption(
      new Flag('--max-error-rate <share>', 'apply only what keeps the share of wrong names below this, such as 0.005', {
        environment: 'PHOTOORG_MAX_ERROR_RATE',
        parse: parseConfidence,
      }),
    )
    .addOption(actorFlag())
    .action(
      runCommand<ApplyOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        await context.reporter.startProgress();
        const result = await library.review.applyCertain({
          actor: actorOf(options),
          dryRun: options.dryRun,
          maxErrorRate: options.maxErrorRate,
          signal: context.signal,
          onProgress: ({ done, total, applied }) =>
            context.reporter.progress({
              text: `${formatNumber(done)} / ${formatNumber(total)} faces  applied ${formatNumber(applied)}`,
              done,
              total,
            }),
        });
        context.reporter.endProgress();
        if (result.promise && result.promise.missingConfirmations > 0) {
          const { errorRate, missingConfirmations } = result.promise;
          context.reporter.note(
            `That at most ${100 * errorRate} % are wrong cannot be promised yet: about ${formatNumber(missingConfirmations)} more confirmed faces are needed.`,
          );
        }
        await context.print(applyColumns, result);
      }),
    );
}
