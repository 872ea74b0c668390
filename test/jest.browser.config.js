import { longForm } from './jest.config.js';

/** Every page in both languages, light and dark, in each of its states, narrow and by the keyboard. */
export default longForm('browser', '<rootDir>/test/browser/*.spec.ts');
