import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The default leaves one core idle: half the speed on a machine that has two.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/{unit,property,language,gateway,cli,conformance}/**/*.test.ts'],
          // Nothing here keeps anything in a module, and loading the engine anew for each of 220 files takes longer than its tests.
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'ui',
          include: ['test/vscode/{ui,host}/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        // Looks into the packaged extension; `npm test -- vsix` packs it first and says where it lies.
        test: { name: 'package', include: ['test/package/**/*.test.ts'], testTimeout: 20_000 },
      },
      {
        // Needs editors that not every machine has: `npm run test:editors`.
        test: {
          name: 'editors',
          include: ['test/editors/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'bench',
          include: ['test/bench/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
