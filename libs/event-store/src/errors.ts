/** The stream is not where the writer thought; `actual` is null when it does not exist. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: number | string,
    readonly actual: number | null,
  ) {
    super(`Stream ${stream} was expected at ${String(expected)} and is at ${String(actual ?? 'nothing')}.`);
  }
}

/** An event id is in the log already, in another place than the one asked for. */
export class DuplicateEventId extends Error {
  override readonly name = 'DuplicateEventId';
  constructor(
    readonly id: string,
    readonly stream: string,
    readonly revision: number,
  ) {
    super(`Event ${id} is already revision ${String(revision)} of stream ${stream}.`);
  }
}

export class StreamNotFound extends Error {
  override readonly name = 'StreamNotFound';
  constructor(readonly stream: string) {
    super(`There is no stream ${stream}.`);
  }
}

export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';
  constructor(readonly stream: string) {
    super(`Stream ${stream} was deleted.`);
  }
}

/** The store does not show the stream from where it was asked to, so nothing can be said by what it shows. */
export class StreamCut extends Error {
  override readonly name = 'StreamCut';
  constructor(
    readonly stream: string,
    /** The first that is shown. */
    readonly revision: number,
  ) {
    super(`Stream ${stream} is cut: the log shows nothing of it before revision ${String(revision)}.`);
  }
}

/** The store could not be reached or did not answer. Trying again later is right; nothing is known to be lost. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** An event or an append is larger than the log takes. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}
