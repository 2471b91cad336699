import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { plant } from './test/properties/plant.ts';

/** Where a machine wants the counts, besides the report that a person reads. */
const json = process.env.VITEST_JSON;

/** A fault that the property tests should find. */
const fault = process.env.PLANTED_FAULT;

/** These build several schemas of the same names, and type-graphql remembers all that a process defined. */
const SCHEMAS = 'test/unit/graphql/**/*.test.ts';
const BROWSER = 'test/browser/**/*.test.ts';

/** Begins with the file that takes longest by far, beside which all others run. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith('/properties/metrics.test.ts');
    return [...sorted.filter(isLongest), ...sorted.filter((each) => !isLongest(each))];
  }
}

const globalSetup = ['test/support/global-setup.ts'];

/** The copy of graphql that Node gives everybody; the tests would otherwise load the other one of the package. */
const graphql = { find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') };

export default defineConfig({
  plugins: fault ? [plant(fault)] : [],
  resolve: { alias: [graphql] },
  test: {
    reporters: json ? ['default', ['json', { outputFile: json }]] : ['default'],
    // Each file has databases and threads of its own; more at once only wait for each other.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'schemas', include: [SCHEMAS] } },
      { extends: true, test: { name: 'browser', include: [BROWSER], globalSetup } },
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: [SCHEMAS, BROWSER],
          globalSetup,
          // Loading takes a file two seconds; what the last one loaded is used again.
          isolate: false,
        },
      },
    ],
  },
});
