import type { Kysely } from 'kysely';
import type { Tables } from '../../schema/tables.ts';

/** A database that can be talked to; its schema may be of any age. */
export interface OpenDatabase {
  readonly kind: 'embedded' | 'server';
  /** Folder, `memory://` or URL, never with a password. */
  readonly location: string;
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}
