import type { Person } from '@photoorg/sdk';
import type { Reporter } from './reporter.ts';

/** Says who else goes by the name of a person who got it just now; nothing where nobody does. */
export function warnOfNamesakes(reporter: Reporter, person: Person, bearers: readonly Person[]): void {
  const others = bearers.filter(({ personId }) => personId !== person.personId);
  if (others.length === 0) return;
  const told = others.map(({ personId, displayName, facesCount }) => `  ${personId} ${displayName} (faces: ${facesCount})`);
  reporter.warning([`Others go by the name '${person.displayName}' too; name one of them by the id:`, ...told].join('\n'));
}
