import { sql } from 'kysely';
import { createPhotos } from '../../src/catalog/photos.ts';
import { createLabels } from '../../src/identity/labelling/create-labels.ts';
import { createPeople } from '../../src/identity/people/create-people.ts';
import { ensureLibrary } from '../../src/library/ensure-library.ts';
import { createLibraryContext, type LibraryContext } from '../../src/library/library-context.ts';
import { newId } from '../../src/values/new-id.ts';
import { sampleAnalyzed, sampleFace } from './sample-photos.ts';

/** A library of its own in a database that other tests share: the journal cannot be emptied between tests. */
export async function openSampleLibrary(shared: LibraryContext) {
  const context = createLibraryContext(shared.db, await ensureLibrary(shared.db, newId()), shared.settings);
  return { context, people: createPeople(context), labels: createLabels(context), photos: createPhotos(context) };
}

/** Photos with so many faces each, side by side; returns the face ids photo by photo. */
export async function addPhotos(context: LibraryContext, facesPerPhoto: readonly number[]): Promise<string[][]> {
  const batch = facesPerPhoto.map((faces) =>
    sampleAnalyzed(
      newId(),
      Array.from({ length: faces }, (_, i) => sampleFace({ x: 10 + i * 120, y: 20, width: 100, height: 100 })),
    ),
  );
  return (await createPhotos(context).saveAnalyzed(batch)).map((photo) => photo.faceIds);
}

/** Who is on a face by whose word, as 'Anna: human_confirmed'; null without a label. */
export async function labelOf(context: LibraryContext, faceId: string): Promise<string | null> {
  const { rows } = await sql<{ label: string }>`
    SELECT display_name || ': ' || label_source AS label FROM face_labels JOIN people USING (person_id)
    WHERE face_id = ${faceId}`.execute(context.db);
  return rows[0]?.label ?? null;
}

export const guess = { source: 'model_guess', confidence: 0.97, provenance: { model: 'sample' } } as const;
export const imported = { source: 'imported', confidence: 1, provenance: { from: 'another program' } } as const;
