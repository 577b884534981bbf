import { expect, test } from 'vitest';
import { optionsFromEnv } from './options-from-env.ts';

test('an empty environment leaves every default in force', () => {
  expect(optionsFromEnv({ DATABASE_URL: '', PGVECTOR_INDEX: ' ' })).toEqual({ ingestThumbnails: true });
});

test('every variable is read', () => {
  const env = {
    DATABASE_URL: 'postgresql://localhost/photoorg',
    PHOTOORG_DATABASE: 'ignored',
    PHOTOORG_ALLOW_NETWORK_FOLDER: 'yes',
    PGVECTOR_INDEX: 'HNSW',
    EMBEDDING_DIM: '512',
    CONFIDENCE_CONFIRM_THRESHOLD: '0.25',
    CONFIDENCE_AUTO_APPLY_THRESHOLD: '0.99',
    CONFIDENCE_PRIORS: 'shot-time, Place',
    INGEST_THUMBNAILS: 'off',
  };
  expect(optionsFromEnv(env)).toEqual({
    database: 'postgresql://localhost/photoorg',
    allowNetworkFolder: true,
    vectorIndex: 'hnsw',
    embeddingDimension: 512,
    confirmThreshold: 0.25,
    autoApplyThreshold: 0.99,
    priors: ['shot time', 'place'],
    ingestThumbnails: false,
  });
});

test('every bad variable is named at once', () => {
  const env = {
    DATABASE_URL: 'mysql://user:secret@localhost/photos',
    PGVECTOR_INDEX: 'btree',
    EMBEDDING_DIM: '12.5',
    CONFIDENCE_AUTO_APPLY_THRESHOLD: 'high',
    CONFIDENCE_CONFIRM_THRESHOLD: '95',
    CONFIDENCE_PRIORS: 'weather',
    INGEST_THUMBNAILS: 'perhaps',
  };
  expect(() => optionsFromEnv(env)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', problems: Object.keys(env).map((name) => expect.stringContaining(name)) }),
  );
});

test('a message about a wrong URL keeps its password to itself', () => {
  const read = () => optionsFromEnv({ DATABASE_URL: 'mysql://user:secret@localhost/photos' });
  expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') }));
});

test('the threshold for asking may not lie above the one for applying', () => {
  const env = { CONFIDENCE_CONFIRM_THRESHOLD: '0.9', CONFIDENCE_AUTO_APPLY_THRESHOLD: '0.8' };
  expect(() => optionsFromEnv(env)).toThrow(/CONFIDENCE_CONFIRM_THRESHOLD \(0.9\) is above/);
});
