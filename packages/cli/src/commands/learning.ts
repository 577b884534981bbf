import type { PhotoLibrary } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { formatNumber } from '../output/table.ts';
import type { CommandContext } from '../runtime/command-context.ts';

export interface LearningOptions {
  faces?: number;
  dryRun?: boolean;
}

type Learn<Learned> = (
  library: PhotoLibrary,
  options: NonNullable<Parameters<PhotoLibrary['review']['calibrate']>[0]>,
) => Promise<Learned>;

/** Flags of a command that learns from the confirmed faces. */
export function addLearningFlags(command: Command, { facesFrom }: { facesFrom: string }): Command {
  return command
    .addOption(
      new Flag('--faces <count>', 'try so many faces at most', { environment: facesFrom, parse: parseCount, default: 5_000 }),
    )
    .addOption(new Flag('--dry-run', 'only say what would be learned', { environment: 'PHOTOORG_DRY_RUN' }));
}

/** Learns, and shows how far it is. */
export async function learn<Learned>(
  context: CommandContext,
  { faces, dryRun }: LearningOptions,
  learnFrom: Learn<Learned>,
): Promise<Learned> {
  const library = await context.openLibrary();
  await context.reporter.startProgress();
  const learned = await learnFrom(library, {
    limit: faces,
    dryRun,
    signal: context.signal,
    onProgress: ({ done, total }) =>
      context.reporter.progress({ text: `${formatNumber(done)} / ${formatNumber(total)} faces tried`, done, total }),
  });
  context.reporter.endProgress();
  return learned;
}
