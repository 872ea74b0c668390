import config from './jest.config.js';

if (!process.env.TEST_EVENTSTORE_URL)
  throw new Error('TEST_EVENTSTORE_URL must name an EventStoreDB or KurrentDB server, such as esdb://127.0.0.1:2113?tls=false.');

/** What depends on the log, with the log on a real server: the contract, commands, crashes, and the whole system. */
export default {
  ...config,
  projects: undefined,
  ...config.projects[0],
  globalSetup: '<rootDir>/dist/test/support/start-event-store.js',
  globalTeardown: '<rootDir>/dist/test/support/end-event-store.js',
  // A suite that kills the server would disturb those beside it.
  maxWorkers: process.env.TEST_EVENTSTORE_CMD ? 1 : config.maxWorkers,
  testTimeout: 120_000,
  displayName: 'eventstore',
  testMatch: [
    '<rootDir>/libs/event-store/src/eventstoredb/*.spec.ts',
    '<rootDir>/libs/event-store/src/handle.int.spec.ts',
    '<rootDir>/libs/audit/src/cut-streams.int.spec.ts',
    '<rootDir>/libs/workflow/src/definitions.int.spec.ts',
    '<rootDir>/test/**/*.{int,e2e}.spec.ts',
  ],
};
