import type { Bench } from './bench.ts';

/** What `applyCertain` would name: all faces compared, and after one answer those alone that it can have changed. */
export async function measureCertain({ library, figures }: Bench): Promise<void> {
  const dryRun = (name: string) =>
    figures.timed(name, async (signal, progress) => {
      const onProgress = ({ done, total }: { done: number; total: number }) => progress(done / total);
      return library.review.applyCertain({ dryRun: true, signal, onProgress });
    });
  const full = await dryRun('dry run, everybody');
  if (!full) return;
  figures.add({ name: 'compared, everybody', value: full.compared, unit: `of ${full.considered} faces` });
  const [unsure] = (await library.review.queue({ limit: 1 })).items;
  const { personId } = unsure!.suggestions[0]!.person;
  await library.labels.confirm({ faceId: unsure!.face.faceId, personId, actor: 'bench' });
  const selective = await dryRun('dry run, after one answer');
  if (selective)
    figures.add({ name: 'compared, after one answer', value: selective.compared, unit: `of ${selective.considered} faces` });
}

/** The names written, and taken back. */
export async function measureApply({ library, figures }: Bench): Promise<void> {
  const written = await figures.timed('written', (signal, progress) =>
    library.review.applyCertain({ signal, onProgress: ({ done, total }) => progress(done / total) }),
  );
  if (!written?.batchId) return;
  figures.add({ name: 'names', value: written.applied, unit: `of ${written.considered} faces` });
  await figures.timed('undone', () => library.labels.undo({ batchId: written.batchId!, actor: 'bench' }));
}
