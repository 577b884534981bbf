import { describe } from 'vitest';

/** Tests of the embedded database itself: the run without a server has them, the run on a server need not repeat them. */
export const describeEmbedded = describe.skipIf(process.env.TEST_DATABASE_URL);
