import { CompiledQuery, type Kysely } from 'kysely';
import type { Tables } from '../../schema/tables.ts';

/** The bytes of a COPY: both drivers recognise it as the only parameter of a `COPY … FROM STDIN` statement. */
export class CopyData {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  static of(parameters: readonly unknown[]): CopyData | null {
    const [first] = parameters;
    return parameters.length === 1 && first instanceof CopyData ? first : null;
  }
}

/**
 * Runs `COPY table FROM STDIN …` on the connection of `db`: inside a transaction, part of it. The bytes are given away: they
 * cannot be used afterwards.
 */
export async function copyFromStdin(db: Kysely<Tables>, statement: string, bytes: Uint8Array): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, [new CopyData(bytes)]));
}
