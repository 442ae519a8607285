import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { assetsInTests } from './infra/assets.ts';
import { forceFile } from './infra/force-file.ts';
import { templatesInTests } from './infra/templates.ts';
import { readForce } from './shared/force/read-force.ts';

/** What takes longest begins first, so that no worker is left with it at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const long = /tests\/(journeys|faults)\/|-in-a-browser|any-life|other-readers|local\/host/;
    const sorted = await super.sort(files);
    return sorted.toSorted(
      (one, other) => Number(long.test(other.moduleId)) - Number(long.test(one.moduleId)),
    );
  }
}

export default defineConfig({
  plugins: [templatesInTests, assetsInTests(readForce(forceFile('essex')))],
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // No test changes what another reads, so that modules are loaded once for all.
    pool: 'threads',
    isolate: false,
    // Journeys wait more than they work.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
  },
});
