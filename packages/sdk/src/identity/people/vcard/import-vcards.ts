import { InvalidInputError } from '../../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../../library/library-context.ts';
import type { People, VcardImport } from '../../../model/people.ts';
import { newId } from '../../../values/new-id.ts';
import { changeIdentity } from '../../change-identity.ts';
import type { IdentityChange } from '../../identity-change.ts';
import { readUnmerged, UNNAMED_ACTOR } from '../change-person.ts';
import { readNamed } from '../read-named.ts';
import { readVcards, type Vcard } from './read-vcards.ts';

/** More than that is no address book. */
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_ALIASES = 50;

/** See `People.importVcards`. */
export async function importVcards(
  context: LibraryContext,
  { vcards, actor = UNNAMED_ACTOR, dryRun = false }: Parameters<People['importVcards']>[0],
): Promise<VcardImport> {
  if (!(typeof vcards === 'string' || vcards instanceof Uint8Array) || vcards.length > MOST_BYTES) {
    throw InvalidInputError.expected('the content of a vCard file', 'vcards', typeof vcards);
  }
  const { cards, leftOut } = readVcards(vcards);
  if (cards.length + leftOut === 0) throw InvalidInputError.expected('at least one BEGIN:VCARD', 'vcards', typeof vcards);
  let plan = await planImport(context, cards);
  if (dryRun) return { batchId: null, events: 0, cards: cards.length, leftOut, ...plan.summary };
  const change = await changeIdentity(context, actor, async (transaction) => {
    plan = await planImport(transaction, cards);
    return plan.changes;
  });
  return { ...change, batchId: change.events > 0 ? change.batchId : null, cards: cards.length, leftOut, ...plan.summary };
}

interface Plan {
  readonly changes: readonly IdentityChange[];
  readonly summary: Pick<VcardImport, 'created' | 'completed' | 'unchanged' | 'ambiguous'>;
}

/** People whom nobody goes by are made; of those who are there, only a birth date that is missing is filled in. */
async function planImport(context: LibraryContext, cards: readonly Vcard[]): Promise<Plan> {
  const named = new Map((await readNamed(context, [...new Set(cards.map(({ name }) => name))])).map((one) => [one.name, one]));
  const changes: IdentityChange[] = [];
  const ambiguous: VcardImport['ambiguous'] = [];
  let [created, completed, unchanged] = [0, 0, 0];
  for (const sameName of Map.groupBy(cards, ({ name }) => named.get(name)!.folded).values()) {
    const { name, meant } = named.get(sameName[0]!.name)!;
    const births = new Set(sameName.flatMap(({ birthDate }) => birthDate ?? []));
    // Two cards of one name are one person, unless they were born on different days.
    if (meant.length > 1 || births.size > 1) {
      ambiguous.push({ name, cards: sameName.length, personIds: [...meant] });
      continue;
    }
    const [birthDate = null] = births;
    if (meant.length === 0) {
      const aliases = [...new Set(sameName.flatMap((card) => [card.name, ...card.nicknames]))].filter((alias) => alias !== name);
      changes.push(creation(name, aliases.slice(0, MOST_ALIASES), birthDate));
      created++;
      continue;
    }
    const before = await readUnmerged(context, meant[0]!);
    const isNews = birthDate !== null && before.birthDate === null;
    if (isNews) changes.push({ subject: 'person', personId: meant[0]!, before, after: { ...before, birthDate } });
    if (isNews) completed++;
    else unchanged++;
  }
  return { changes, summary: { created, completed, unchanged, ambiguous } };
}

function creation(displayName: string, aliases: readonly string[], birthDate: string | null): IdentityChange {
  const createdAt = new Date().toISOString();
  return {
    subject: 'person',
    personId: newId(),
    before: null,
    after: { displayName, aliases, birthDate, hidden: false, coverFaceId: null, mergedInto: null, createdAt },
    provenance: { from: 'vcard' },
  };
}
