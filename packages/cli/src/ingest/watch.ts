import type { IndexPhotosOptions, IndexPhotosResult } from '@photoorg/sdk';
import { notesOn, runColumns } from '../output/ingest-output.ts';
import type { CommandContext } from '../runtime/command-context.ts';

const millisPerSecond = 1_000;

/** `photoorg ingest --watch`: a summary of each run, for people only of those that found something to do. */
export async function watch(
  context: CommandContext,
  options: IndexPhotosOptions,
  pollSeconds: number | undefined,
): Promise<void> {
  const { watchPhotos } = await import('@photoorg/sdk');
  const { watchFolder } = await import('@photoorg/ingest');
  // The run that Ctrl-C interrupted still says what it did.
  const rows = context.rows(runColumns, { signal: new AbortController().signal });
  await context.reporter.startProgress();
  let isFirst = true;
  let notes: string[] = [];
  for await (const result of watchPhotos({ ...options, watchFolder, pollMillis: pollSeconds && pollSeconds * millisPerSecond })) {
    context.reporter.endProgress();
    if (isFirst || context.printsJson || didSomething(result)) {
      const told = notes;
      notes = notesOn(result);
      for (const note of notes) if (!told.includes(note)) context.reporter.note(note);
      await rows.write(result);
      await rows.end();
    }
    if (isFirst) context.reporter.note(`Watching ${options.root}; Ctrl-C ends it.`);
    isFirst = false;
    await context.reporter.startProgress();
  }
}

/** Whether a run of a watch is worth a line to a person. */
function didSomething({ created, updated, moved, missing, failed, missingNotMarked }: IndexPhotosResult): boolean {
  return created + updated + moved + missing + failed > 0 || missingNotMarked !== null;
}
