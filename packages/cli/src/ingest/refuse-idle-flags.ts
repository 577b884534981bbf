import type { InvalidInputError } from '@photoorg/sdk';

/** A flag that does nothing beside others. */
export interface IdleFlag {
  flag: string;
  isIdle: boolean;
  /** What it would need. */
  because: string;
}

/**
 * Refuses flags that were typed and would do nothing: left out without a word, they would be believed.
 *
 * @throws InvalidInputError that names the first
 */
export function refuseIdleFlags(flags: readonly IdleFlag[], Refusal: typeof InvalidInputError): void {
  const idle = flags.find(({ isIdle }) => isIdle);
  if (idle) throw new Refusal(`${idle.flag} does nothing here: ${idle.because}.`);
}
