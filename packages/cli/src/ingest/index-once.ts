import type { IndexPhotosOptions } from '@photoorg/sdk';
import { notesOn, runColumns } from '../output/ingest-output.ts';
import type { CommandContext } from '../runtime/command-context.ts';

/** `photoorg ingest`: one run and its summary. */
export async function indexOnce(context: CommandContext, options: IndexPhotosOptions): Promise<void> {
  const { indexPhotos } = await import('@photoorg/sdk');
  await context.reporter.startProgress();
  const result = await indexPhotos(options);
  context.reporter.endProgress();
  for (const note of notesOn(result)) context.reporter.note(note);
  // An interrupted run still says what it did.
  await context.print(runColumns, result, { evenWhenStopped: true });
}
