import { sql } from 'kysely';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { NotFoundError } from '../../errors/not-found-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { People, Person } from '../../model/people.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { newId } from '../../values/new-id.ts';
import { refuseUnknown, takingOptions } from '../../values/refuse-unknown.ts';
import type { PersonState } from '../identity-change.ts';
import { changePerson, createPerson, UNNAMED_ACTOR } from './change-person.ts';
import { findByName, listByName } from './find-by-name.ts';
import { iteratePeople, listPeople } from './list-people.ts';
import { mergePeople } from './merge-people.ts';
import { checkAliases, checkBirthDate, checkName } from './person-fields.ts';
import { personNotFound } from './person-not-found.ts';
import { selectPeople, toPerson } from './person-row.ts';
import { proposeSplit } from './propose-split.ts';
import { removePerson } from './remove-person.ts';
import { splitPerson } from './split-person.ts';
import { importVcards } from './vcard/import-vcards.ts';

/** The people of a library. A person that was merged into another keeps its row: `get` shows it, with `mergedInto`; lists do not. */
export function createPeople(context: LibraryContext): People {
  const update: People['update'] = async (personId, changes, options = {}) => {
    refuseUnknown<PersonFields>(changes, PERSON_FIELDS, 'the fields of people.update');
    refuseUnknown<ChangeOptions>(options, CHANGE_OPTIONS, 'the options of people.update');
    const { actor = UNNAMED_ACTOR, revision } = options;
    const change = await changePerson(context, personId, { actor, revision }, (person, transaction) =>
      checkChanges(transaction, person, changes),
    );
    return { ...(await get(personId)), ...change };
  };
  const get = async (personId: string) => {
    const person = await findPerson(context, personId);
    if (!person) throw await personNotFound(context, personId);
    return person;
  };
  return {
    get,
    find: (personId) => findPerson(context, personId),
    findByName: (name) => findByName(context, name),
    listByName: (name) => listByName(context, name),
    list: (options = {}) => listPeople(context, options),
    iterate: (options = {}) => iteratePeople(context, options),
    merge: takingOptions(
      'people.merge',
      { fromId: true, intoId: true, allowSamePhoto: true, revisions: true, actor: true },
      (options) => mergePeople(context, options),
    ),
    create: takingOptions(
      'people.create',
      { displayName: true, aliases: true, birthDate: true, personId: true, actor: true },
      async ({ displayName, aliases = [], birthDate = null, actor = UNNAMED_ACTOR, personId = newId() }) => {
        const name = checkName(displayName, 'displayName');
        if (!isUuid(personId)) throw InvalidInputError.expected('a UUID', 'personId', personId);
        const fields = { displayName: name, aliases: checkAliases(aliases, name), birthDate: checkBirthDate(birthDate) };
        const change = await createPerson(context, personId, fields, actor);
        return { ...(await get(personId)), ...change };
      },
    ),
    split: takingOptions(
      'people.split',
      {
        fromId: true,
        faceIds: true,
        intoId: true,
        displayName: true,
        allowSamePhoto: true,
        revision: true,
        revisions: true,
        actor: true,
      },
      (options) => splitPerson(context, options),
    ),
    async proposeSplit(personId, options = {}) {
      refuseUnknown<ProposeOptions>(options, { signal: true }, 'the options of people.proposeSplit');
      return proposeSplit(context, personId, options);
    },
    importVcards: takingOptions('people.importVcards', { vcards: true, dryRun: true, actor: true }, (options) =>
      importVcards(context, options),
    ),
    async remove(personId, options) {
      refuseUnknown<RemoveOptions>(options, REMOVE_OPTIONS, 'the options of people.remove');
      return removePerson(context, personId, options);
    },
    rename: async (personId, displayName, options) =>
      update(personId, { displayName: checkName(displayName, 'displayName') }, options),
    update,
  };
}

type PersonFields = Parameters<People['update']>[1];
type ChangeOptions = NonNullable<Parameters<People['update']>[2]>;
type ProposeOptions = NonNullable<Parameters<People['proposeSplit']>[1]>;
type RemoveOptions = Parameters<People['remove']>[1];

const PERSON_FIELDS = { displayName: true, aliases: true, birthDate: true, hidden: true, coverFaceId: true } as const;
const CHANGE_OPTIONS = { revision: true, actor: true } as const;
const REMOVE_OPTIONS = { unlabel: true, ...CHANGE_OPTIONS } as const;

async function findPerson(context: LibraryContext, personId: string): Promise<Person | null> {
  if (!isUuid(personId)) return null;
  const [row] = await selectPeople(context, sql`person_id = ${personId}`);
  return row ? toPerson(row) : null;
}

async function checkChanges(context: LibraryContext, person: PersonState, changes: PersonFields): Promise<Partial<PersonState>> {
  const { aliases, birthDate, hidden, coverFaceId } = changes;
  const displayName = changes.displayName === undefined ? person.displayName : checkName(changes.displayName, 'displayName');
  if (hidden !== undefined && typeof hidden !== 'boolean') throw InvalidInputError.expected('true or false', 'hidden', hidden);
  return {
    displayName,
    ...(aliases === undefined ? {} : { aliases: checkAliases(aliases, displayName) }),
    ...(birthDate === undefined ? {} : { birthDate: checkBirthDate(birthDate) }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(coverFaceId === undefined ? {} : { coverFaceId: await checkCover(context, coverFaceId) }),
  };
}

async function checkCover(context: LibraryContext, coverFaceId: string | null): Promise<string | null> {
  if (coverFaceId === null) return null;
  const face = isUuid(coverFaceId)
    ? await context.db
        .selectFrom('faces')
        .select('face_id')
        .where('library_id', '=', context.libraryId)
        .where('face_id', '=', coverFaceId)
        .executeTakeFirst()
    : undefined;
  if (!face) throw new NotFoundError('face', coverFaceId);
  return face.face_id;
}
