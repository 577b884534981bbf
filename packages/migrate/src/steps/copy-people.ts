import type { Person, PhotoLibrary } from '@photoorg/sdk';
import { parseInstant } from '../convert/parse-time.ts';
import { readOptional, readText } from '../convert/read-value.ts';
import { type CopyJob, endTable, reportRows, startTable } from '../copy-job.ts';
import type { TableCounts } from '../copy-report.ts';
import { derivePersonId, importActor } from '../import-ids.ts';
import { SourceReader } from '../source/source-reader.ts';

/** As the schema bounds a name. */
const longestName = 200;

export interface CopiedPeople {
  /** Id in the library by the old key. */
  personIds: ReadonlyMap<string, string>;
  counts: TableCounts;
}

/** Step 1: every person, under an id derived from the old row. Equal names stay two people; merging them is a person's decision. */
export async function copyPeople(job: CopyJob): Promise<CopiedPeople> {
  const tally = startTable(job, 'people');
  const personIds = new Map<string, string>();
  const reader = job.layout.people && new SourceReader<'people'>(job.source, job.layout.people);
  for (const { key, row } of reader?.rows() ?? []) {
    const displayName = readText(reader!.value(row, 'displayName'));
    if (displayName === null || displayName.length > longestName) {
      tally.quarantine(
        key,
        `Expected a name of 1 to ${longestName} characters but received ${displayName === null ? 'none' : displayName.length}.`,
      );
      continue;
    }
    const createdAt = readOptional(tally, key, reader!.layout.columns.createdAt ?? 'created_ts', () =>
      parseInstant(reader!.value(row, 'createdAt')),
    );
    const personId = derivePersonId(job.library.libraryId, { key, displayName, createdAt });
    const existing = await findLivePerson(job.library, personId);
    if (existing) tally.counts.known += 1;
    else {
      if (!job.dryRun) await job.library.people.create({ personId, displayName, actor: importActor });
      tally.counts.added += 1;
    }
    personIds.set(key, existing?.personId ?? personId);
    if (tally.done % job.batchSize === 0) reportRows(job, tally);
  }
  return { personIds, counts: endTable(job, tally) };
}

/** The person of that id, or whom it was merged into since. */
async function findLivePerson(library: PhotoLibrary, personId: string): Promise<Person | null> {
  let person = await library.people.find(personId);
  while (person?.mergedInto) person = await library.people.find(person.mergedInto);
  return person;
}
