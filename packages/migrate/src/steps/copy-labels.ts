import { type LabelSource, type Labels, PhotoorgError } from '@photoorg/sdk';
import { parseInstant } from '../convert/parse-time.ts';
import { readNumberIn, readOptional, readText } from '../convert/read-value.ts';
import { type CopyJob, endTable, reportRows, startTable } from '../copy-job.ts';
import type { TableCounts, TableTally } from '../copy-report.ts';
import { importActor } from '../import-ids.ts';
import { type ReadRow, SourceReader } from '../source/source-reader.ts';
import { keyText, plainValues } from '../source/source-row.ts';
import type { CopiedFace } from './photo-copy.ts';

/** One row of face_labels, understood. */
interface OldLabel {
  key: string;
  row: ReadRow['row'];
  face: string;
  person: string;
  source: LabelSource;
  /** Null when the row has none. */
  confidence: number | null;
  /** Milliseconds; -Infinity when the row has none, so that any dated label is later. */
  labelledAt: number;
}

/** Which label of a face counts: a human's before an import's before a guess's. */
const rank: Readonly<Record<LabelSource, number>> = { human_confirmed: 2, imported: 1, model_guess: 0 };

/** The old library held it for true without saying how sure it was. */
const confidenceOfImport = 1;
/** A guess that says nothing of its confidence claims nothing. */
const confidenceOfGuess = 0;

/**
 * Step 3: who each face is. A human's confirmation stays one, said by 'import'; what people said in the new library since is not
 * touched, and a label that a person took off again does not come back.
 */
export async function copyLabels(
  job: CopyJob,
  faces: ReadonlyMap<string, CopiedFace>,
  personIds: ReadonlyMap<string, string>,
): Promise<TableCounts> {
  const tally = startTable(job, 'face_labels');
  if (!job.layout.face_labels) return endTable(job, tally);
  const reader = new SourceReader<'face_labels'>(job.source, job.layout.face_labels);

  const best = new Map<string, OldLabel>();
  for (const readRow of reader.rows()) {
    const label = readLabel(reader, readRow, tally);
    const other = best.get(label.face);
    if (!other || isBetter(label, other)) best.set(label.face, label);
    if (other) tally.counts.superseded += 1;
  }
  let imports: ResolvedLabel[] = [];
  const saveImports = async () => {
    await writeImports(job, tally, imports);
    imports = [];
  };
  for (const label of best.values()) {
    const resolved = await resolveLabel(job, tally, label, faces.get(label.face), personIds.get(label.person));
    if (resolved && label.source === 'imported') imports.push(resolved);
    else if (resolved) await writeLabel(job, tally, resolved);
    if (imports.length >= job.batchSize) await saveImports();
    if (tally.done % job.batchSize === 0) reportRows(job, tally);
  }
  await saveImports();
  return endTable(job, tally);
}

function readLabel(reader: SourceReader<'face_labels'>, { key, row }: ReadRow, tally: TableTally): OldLabel {
  const column = (field: 'confidence' | 'createdAt') => reader.layout.columns[field] ?? field;
  const said = readText(reader.value(row, 'source'));
  const labelledAt = readOptional(tally, key, column('createdAt'), () => parseInstant(reader.value(row, 'createdAt')));
  return {
    key,
    row,
    face: keyText(reader.value(row, 'face')),
    person: keyText(reader.value(row, 'person')),
    source: said === 'human_confirmed' || said === 'model_guess' ? said : 'imported',
    confidence: readOptional(tally, key, column('confidence'), () => readNumberIn(reader.value(row, 'confidence'), 0, 1)),
    labelledAt: labelledAt?.getTime() ?? Number.NEGATIVE_INFINITY,
  };
}

function isBetter(label: OldLabel, other: OldLabel): boolean {
  return rank[label.source] - rank[other.source] > 0 || (label.source === other.source && label.labelledAt >= other.labelledAt);
}

/** A label whose face and person are in the library. */
interface ResolvedLabel {
  label: OldLabel;
  faceId: string;
  personId: string;
}

/** null for a label that is not to be written, counted as what became of it. */
async function resolveLabel(
  job: CopyJob,
  tally: TableTally,
  label: OldLabel,
  face: CopiedFace | undefined,
  personId: string | undefined,
): Promise<ResolvedLabel | null> {
  const present =
    !face || !personId || face.faceId === null || face.isNew
      ? 'nothing'
      : await whatLibrarySays(job, face.faceId, label, personId);
  if (!face) tally.quarantine(label.key, `Its face ${label.face} was not copied.`);
  else if (!personId) tally.quarantine(label.key, `Its person ${label.person} was not copied.`);
  else if (face.faceId === null) tally.counts.added += 1;
  else if (present === 'the same') tally.counts.known += 1;
  else if (present === 'something better') tally.counts.superseded += 1;
  else return { label, faceId: face.faceId, personId };
  return null;
}

/** What is known of a face that stood in the library before this run. */
async function whatLibrarySays(
  job: CopyJob,
  faceId: string,
  label: OldLabel,
  personId: string,
): Promise<'nothing' | 'the same' | 'something better'> {
  const { label: current } = await job.library.faces.get(faceId);
  if (current && rank[current.source] >= rank[label.source]) {
    return current.personId === personId ? 'the same' : 'something better';
  }
  // Copied once and gone: a person took it off.
  const history = await job.library.labels.history({ faceId });
  return history.some((event) => isImportOf(event.provenance, label.key)) ? 'something better' : 'nothing';
}

async function writeLabel(job: CopyJob, tally: TableTally, resolved: ResolvedLabel): Promise<void> {
  try {
    if (!job.dryRun) await sayWho(job.library.labels, resolved);
    tally.counts.added += 1;
  } catch (error) {
    if (!PhotoorgError.isInstance(error) || !refusals.has(error.code)) throw error;
    tally.quarantine(resolved.label.key, `${error.code}: ${error.message}`);
  }
}

async function sayWho(labels: Labels, { label, faceId, personId }: ResolvedLabel): Promise<void> {
  const provenance = provenanceOf(label);
  if (label.source === 'human_confirmed') {
    await labels.confirm({ faceId, personId, actor: importActor, provenance });
    return;
  }
  const confidence = label.confidence ?? confidenceOfGuess;
  await labels.apply({ faceId, personId, source: 'model_guess', confidence, provenance, actor: importActor });
}

/** Imports are decided on together, in one batch of the journal. */
async function writeImports(job: CopyJob, tally: TableTally, imports: readonly ResolvedLabel[]): Promise<void> {
  const labels = imports.map(({ label, faceId, personId }) => ({
    faceId,
    personId,
    confidence: label.confidence ?? confidenceOfImport,
    provenance: provenanceOf(label),
  }));
  const { refused } = job.dryRun ? { refused: [] } : await job.library.labels.importMany({ labels, actor: importActor });
  for (const { faceId, code, message } of refused) {
    const { label } = imports.find((resolved) => resolved.faceId === faceId)!;
    tally.quarantine(label.key, `${code}: ${message}`);
  }
  tally.counts.added += imports.length - refused.length;
}

function provenanceOf({ key, row }: OldLabel): Record<string, unknown> {
  return { imported: { table: 'face_labels', key, row: plainValues(row) } };
}

/** What the library says to one label without anything being wrong with the rest. */
const refusals: ReadonlySet<string> = new Set([
  'PERSON_ALREADY_IN_PHOTO',
  'FACE_REJECTED_PERSON',
  'LABEL_CONFIRMED',
  'PERSON_MERGED',
]);

function isImportOf(provenance: Record<string, unknown>, key: string): boolean {
  const imported = provenance.imported as { table?: unknown; key?: unknown } | undefined;
  return imported?.table === 'face_labels' && imported.key === key;
}
