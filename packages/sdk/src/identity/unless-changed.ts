import { sql } from 'kysely';
import { ConflictError } from '../errors/conflict-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { IdentityEventKind, LabelSource } from '../model/labels.ts';
import { type IdentityChange, isEffective } from './identity-change.ts';
import type { Revisions } from './revisions.ts';

type Decide = (context: LibraryContext) => Promise<readonly IdentityChange[]>;

/** What was said since the caller read something. */
interface Since {
  /** Of the face or person. */
  readonly subjectId: string;
  /** What a caller who has read it hands in: null for a face without a label. */
  readonly revision: string | null;
  /** The last entry; all null when there never was one. */
  readonly eventId: string | null;
  readonly batchId: string | null;
  readonly kind: IdentityEventKind | null;
  readonly actor: string | null;
  readonly createdAt: Date | null;
  readonly personId: string | null;
  readonly displayName: string | null;
  /** Of the label that stands now; of a person null. */
  readonly source: LabelSource | null;
  /** Of a person. */
  readonly mergedInto: string | null;
}

/** What was read, and how it is told of when it is out of date. */
interface Kind {
  /** What is not as it was read, the last change first. */
  read(context: LibraryContext, revisions: Revisions): Promise<Since[]>;
  refusal(since: readonly Since[]): ConflictError;
  /** Whether a change concerns what was read. */
  concerns(change: IdentityChange, since: Since): boolean;
}

const LABELS: Kind = {
  read: readRelabelled,
  refusal: relabelled,
  concerns: (change, { subjectId }) => 'faceId' in change && change.faceId === subjectId,
};

const PEOPLE: Kind = { read: readChangedPeople, refusal: personChanged, concerns: () => true };

/** Refuses (LABEL_CHANGED) what would overwrite a label that is not the one the caller had read. */
export function unlessRelabelled(revisions: Revisions, decide: Decide): Decide {
  return unlessChanged(LABELS, revisions, decide);
}

/** Refuses (PERSON_CHANGED) what would overwrite a person who is not as the caller had read them. */
export function unlessPersonChanged(revisions: Revisions, decide: Decide): Decide {
  return unlessChanged(PEOPLE, revisions, decide);
}

/** What changes nothing overwrites nothing: repeating a call whose answer was lost is no conflict. */
function unlessChanged({ read, refusal, concerns }: Kind, revisions: Revisions, decide: Decide): Decide {
  if (revisions.size === 0) return decide;
  return async (context) => {
    const since = await read(context, revisions);
    if (since.length === 0) return decide(context);
    const changes = await decide(context).catch((error) => {
      throw error instanceof ConflictError ? refusal(since) : error;
    });
    const effective = changes.filter(isEffective);
    const overwritten = since.filter((one) => effective.some((change) => concerns(change, one)));
    if (overwritten.length > 0) throw refusal(overwritten);
    return changes;
  };
}

async function readRelabelled(context: LibraryContext, revisions: Revisions): Promise<Since[]> {
  const { rows } = await sql<Since>`
    SELECT read.id AS "subjectId", label.event_id AS revision, label.label_source AS source, NULL AS "mergedInto",
      ${SAID}
    FROM ${readAs(revisions)}
    JOIN faces face ON face.face_id = read.id AND face.library_id = ${context.libraryId}
    LEFT JOIN face_labels label ON label.face_id = read.id
    LEFT JOIN LATERAL (
      SELECT * FROM identity_events WHERE face_id = read.id AND kind IN ('label_set', 'label_cleared') ORDER BY seq DESC LIMIT 1
    ) AS event ON true
    LEFT JOIN people person ON person.person_id = event.person_id
    WHERE label.event_id IS DISTINCT FROM read.revision
    ORDER BY event.seq DESC NULLS LAST`.execute(context.db);
  return rows;
}

async function readChangedPeople(context: LibraryContext, revisions: Revisions): Promise<Since[]> {
  const { rows } = await sql<Since>`
    SELECT read.id AS "subjectId", person.event_id AS revision, NULL AS source, person.merged_into AS "mergedInto",
      ${SAID}
    FROM ${readAs(revisions)}
    JOIN people person ON person.person_id = read.id AND person.library_id = ${context.libraryId}
    JOIN identity_events event ON event.event_id = person.event_id
    WHERE person.event_id IS DISTINCT FROM read.revision
    ORDER BY event.seq DESC`.execute(context.db);
  return rows;
}

const SAID = sql`event.event_id AS "eventId", event.batch_id AS "batchId", event.kind, event.actor, event.created_ts AS "createdAt",
  event.person_id AS "personId", person.display_name AS "displayName"`;

function readAs(revisions: Revisions) {
  const rows = [...revisions].map(([id, revision]) => ({ id, revision }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS read (id uuid, revision uuid)`;
}

function relabelled(since: readonly Since[]): ConflictError {
  const { subjectId, revision, displayName, ...last } = since[0]!;
  const name = displayName === null ? `person ${last.personId}` : `'${displayName}'`;
  const said = last.eventId === null ? 'nobody' : revision === null ? `no longer ${name}` : name;
  const changes = since.map(({ subjectId: faceId, mergedInto: _, ...change }) => ({ faceId, ...change }));
  return new ConflictError('LABEL_CHANGED', `Face ${subjectId} is ${said}${saidBy(last)}: not what was read before.`, {
    remedy: 'Look at it again and decide with its revision; without one the last word counts.',
    details: { faceIds: changes.map(({ faceId }) => faceId), ...changes[0], changes },
  });
}

function personChanged(since: readonly Since[]): ConflictError {
  const changes = since.map(({ subjectId: personId, source: _, ...change }) => ({ ...change, personId }));
  const { displayName, ...last } = changes[0]!;
  const message = `'${displayName}' was changed${saidBy(last)}: not what was read before.`;
  return new ConflictError('PERSON_CHANGED', message, {
    remedy: 'Look at them again and decide with their revision; without one the last word counts.',
    details: { displayName, ...last, changes },
  });
}

function saidBy({ actor, createdAt }: Pick<Since, 'actor' | 'createdAt'>): string {
  return actor === null ? '' : ` since '${actor}' said so on ${createdAt!.toISOString()}`;
}
