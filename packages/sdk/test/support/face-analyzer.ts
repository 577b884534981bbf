import { createFaceAnalyzer, type FaceAnalyzer } from '@photoorg/vision';
import { afterAll, beforeAll } from 'vitest';

/** Registers the hooks that give the tests of one file an analyzer; read it inside of tests and hooks, where it is there. */
export function useFaceAnalyzer(): { analyzer: FaceAnalyzer } {
  const given = {} as { analyzer: FaceAnalyzer };
  beforeAll(async () => {
    given.analyzer = await createFaceAnalyzer({ workers: 1 });
  });
  afterAll(() => given.analyzer.close());
  return given;
}
