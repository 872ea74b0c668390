export { Directory } from './directory.js';
export type { Clearance, Person } from './directory.js';
export { InvalidAccount, UsernameTaken, createAdministrator, migrateIdentity } from './registration.js';
export { PeopleThere, copyPeople } from './copy-people.js';
export { demoPassword, demoPeople, seedDemo } from './demo.js';
export type { DemoPerson } from './demo.js';
export { SignIn } from './sign-in.js';
export { SignInThrottled } from './sign-in-throttle.js';
export type { IssuedToken } from './tokens.js';
