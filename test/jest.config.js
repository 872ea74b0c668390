import { dirname } from 'node:path';

const rootDir = dirname(import.meta.dirname);
/** What hangs fails, however slow the machine is on which the whole suite runs. */
const testTimeout = 300_000;

const swc = (parser) => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true, ...parser },
      transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
      target: 'es2022',
      experimental: { keepImportAttributes: true },
    },
    module: { type: 'es6' },
  },
];

const project = (displayName, testMatch) => ({
  displayName,
  rootDir,
  testMatch,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.ts$': swc({}), '^.+\\.tsx$': swc({ tsx: true }) },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
});

/** A part by itself, in its long form; the whole suite has a short form of it. Each takes the whole machine. */
export const longForm = (displayName, testMatch) => {
  process.env.TEST_LONG = '1';
  return { ...project(displayName, [testMatch]), maxWorkers: 1, testTimeout };
};

/** The suffix says the cost: pure, with a database, over HTTP against the built product. */
export default {
  // Two more than the two processors of the smallest machine: much of it waits, for a lease, a time-out, a process that starts.
  maxWorkers: 4,
  testTimeout,
  rootDir,
  projects: [
    project('unit', ['<rootDir>/{apps,libs,test}/**/!(*.int|*.e2e).spec.ts']),
    project('database', ['<rootDir>/{apps,libs,test}/**/*.int.spec.ts']),
    project('system', ['<rootDir>/test/**/*.e2e.spec.ts']),
  ],
};
