import { createHash } from 'node:crypto';
import { migrations } from './migrations/index.ts';

/** Names a migrated database: a change of any migration gives another name. */
export const schemaFingerprint = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16);
