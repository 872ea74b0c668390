import { longForm } from './jest.config.js';

/** Every fault on every log, twenty kills, every work of the benchmark, within 15 minutes. */
export default longForm('long', '<rootDir>/test/{bench,chaos,crash}/*.spec.ts');
