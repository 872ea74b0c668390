import config from './jest.config.js';

process.env.TEST_LONG = '1';

/** Every page in both languages, light and dark, in each of its states, narrow and by the keyboard; the whole suite has a short form of it. */
export default {
  ...config,
  projects: undefined,
  ...config.projects[0],
  displayName: 'browser',
  // A browser and two installations are the whole machine.
  maxWorkers: 1,
  testMatch: ['<rootDir>/test/browser/*.spec.ts'],
};
