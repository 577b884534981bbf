import { expect, test } from 'vitest';
import { savesChanges } from './outcome.ts';

test.each([
  { statement: 'commit', inTransaction: true, saves: true },
  { statement: 'rollback', inTransaction: true, saves: false },
  { statement: 'insert into people values (1)', inTransaction: true, saves: false },
  { statement: 'insert into people values (1)', inTransaction: false, saves: true },
  { statement: 'COPY faces (face_id) FROM STDIN', inTransaction: false, saves: true },
  { statement: '  SELECT 1', inTransaction: false, saves: false },
  { statement: 'select * from people for update', inTransaction: false, saves: false },
  { statement: 'WITH gone AS (DELETE FROM faces RETURNING 1) SELECT 1', inTransaction: false, saves: true },
  { statement: 'WITH a AS (SELECT 1) UPDATE faces SET x = 1', inTransaction: false, saves: true },
  { statement: 'WITH a AS (SELECT 1) SELECT * FROM a FOR NO KEY UPDATE OF a', inTransaction: false, saves: false },
  { statement: 'WITH a AS (SELECT updated_ts FROM photos) SELECT * FROM a', inTransaction: false, saves: false },
])('"$statement" ($inTransaction) saves changes: $saves', ({ statement, inTransaction, saves }) => {
  expect(savesChanges(statement, inTransaction)).toBe(saves);
});
