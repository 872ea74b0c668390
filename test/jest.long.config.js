import config from './jest.config.js';

process.env.TEST_LONG = '1';

/** Every fault on every log, twenty kills, every work of the benchmark, within 15 minutes; the whole suite has a short form of each. */
export default {
  ...config,
  projects: undefined,
  ...config.projects[0],
  displayName: 'long',
  // Each takes the whole machine.
  maxWorkers: 1,
  testMatch: ['<rootDir>/test/{bench,chaos,crash}/*.spec.ts'],
};
