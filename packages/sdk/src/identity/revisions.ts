import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { isUuid } from '../values/is-uuid.ts';

/** By id of a face or a person: the journal entry that said who it was when the caller read it, null for nobody. */
export type Revisions = ReadonlyMap<string, string | null>;

/** One revision, as a call about one face or person takes it; no revision means that the last word counts. */
export function revisionOf(id: string, revision: string | null | undefined): Revisions {
  return revision === undefined ? new Map() : checkRevisions(new Map([[id, revision]]), [id], 'revision');
}

/** Revisions by id, as a call about several takes them. */
export function revisionsOf(ids: readonly string[], revisions: Readonly<Record<string, string | null>> = {}): Revisions {
  return checkRevisions(new Map(Object.entries(revisions)), ids, 'revisions');
}

function checkRevisions(revisions: Revisions, ids: readonly string[], name: string): Revisions {
  const known = new Set(ids.map((id) => id.toLowerCase()));
  for (const [id, revision] of revisions) {
    if (!known.has(id.toLowerCase())) throw InvalidInputError.expected('ids that the call is about', name, id);
    if (revision !== null && !isUuid(revision)) throw InvalidInputError.expected('the id of an event, or null', name, revision);
  }
  return revisions;
}
