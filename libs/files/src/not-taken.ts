/** A document holds what runs when it is opened. */
export class HasMacros extends Error {
  override readonly name = 'HasMacros';
}

/** A document fetches from elsewhere, or asks another program for, what is opened with it and may run. */
export class RunsFromElsewhere extends Error {
  override readonly name = 'RunsFromElsewhere';
}
