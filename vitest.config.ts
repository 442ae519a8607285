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

/** What takes minutes: the county, kills in the middle, weeks of letters, each state of the console, properties tried thousands of times. */
const long = [
  'tests/long/**/*.test.ts',
  'tests/**/any-{life,text}.test.ts',
  'tests/**/{edited,split}-series.test.ts',
  'tests/faults/simulation.test.ts',
  'tests/**/{other-readers,random-lives,remembering-writers,repetition,kept}.test.ts',
];

export default defineConfig({
  plugins: [templatesInTests, assetsInTests(readForce(forceFile('essex')))],
  test: {
    include: process.env.LONG ? long : ['tests/**/*.test.ts'],
    exclude: process.env.LONG ? [] : ['tests/long/**'],
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
