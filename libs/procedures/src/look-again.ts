/** What was looked up for a command is from before: somebody changed the procedure meanwhile. Look up again, and decide again. */
export class LookAgain extends Error {
  override readonly name: string = 'LookAgain';
}

/** The procedure keeps another lifecycle version than the one that was looked up: somebody migrated it, or corrected its kind. */
export class OtherDefinition extends LookAgain {
  override readonly name = 'OtherDefinition';
}
