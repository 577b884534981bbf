import type { Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import type { EmbeddedClient } from './embedded/embedded-client.ts';

/** A database that answers; its schema may be of any age. */
export interface OpenDatabase {
  readonly kind: 'embedded' | 'server';
  /** Folder, `memory://` or URL, never with a password. */
  readonly location: string;
  readonly db: Kysely<Tables>;
  /** The embedded database's client; null on a server. */
  readonly embedded: EmbeddedClient | null;
  close(): Promise<void>;
}
