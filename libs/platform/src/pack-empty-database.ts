import { packEmptyDatabase } from './empty-database.js';

// The last step of a build, so that the first start of an installation need not wait for it.
await packEmptyDatabase();
