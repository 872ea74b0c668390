/** `npm run test:long` does more of the same than the short form in `npm test`, which must fail on the same faults. */
export const inLongForm = process.env['TEST_LONG'] === '1';
