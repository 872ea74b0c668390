import config from './jest.config.js';

process.env.CHAOS = 'long';

/** Every fault on every log, within ten minutes; the whole suite has a short form of it. */
export default {
  ...config,
  projects: undefined,
  ...config.projects[0],
  displayName: 'chaos',
  testMatch: ['<rootDir>/test/chaos/*.spec.ts'],
};
