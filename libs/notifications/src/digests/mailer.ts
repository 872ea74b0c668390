/** A mail to one address. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for the same mail, so that a receiver can tell a repetition. A UUID. */
  readonly id: string;
}

/** The mail was not taken over, or it is not known whether it was. Names no address. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
  constructor(
    /** Codes, such as `EENVELOPE 550`. */
    readonly reason: string,
    /**
     * `later`: it was not sent and may be tried again; `never`: it was refused for good; `unknown`: the line broke, and it may have
     * been sent.
     */
    readonly outcome: 'later' | 'never' | 'unknown',
    options?: ErrorOptions,
  ) {
    super(`The mail was not sent (${reason}).`, options);
  }
}

/** Hands mail over to whoever delivers it. */
export abstract class Mailer {
  /** @param signal Has what is under way come to its end soon. (Default: nothing hurries it) @throws NotSent */
  abstract send(mail: Mail, signal?: AbortSignal): Promise<void>;
}
