import { defineConfig } from 'vitest/config';

const sourceCondition = '@photoorg/source';

export default defineConfig({
  resolve: { conditions: [sourceCondition] },
  ssr: { resolve: { conditions: [sourceCondition] } },
  test: {
    include: ['{packages,examples,scripts}/**/*.test.ts'],
    pool: 'forks',
    // Workers that the code starts are plain Node: they need the condition to find the sources too.
    execArgv: [`--conditions=${sourceCondition}`],
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    restoreMocks: true,
  },
});
