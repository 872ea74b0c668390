import type { Logger } from './logger.js';

/** What is to be closed, the last first, once. */
export class Opened {
  private readonly closers: (() => Promise<void>)[] = [];
  private closing: Promise<void> | undefined;
  private readonly onSignal = new Map<NodeJS.Signals, () => void>();

  get isClosing(): boolean {
    return this.closing !== undefined;
  }

  add(close: () => Promise<void>): void {
    this.closers.push(close);
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  /** The first signal ends in order, a second one at once. */
  endOnSignals(logger: Logger): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const end = (): void => {
        void this.close().then(
          () => process.exit(0),
          (error: unknown) => {
            logger.error({ err: error }, 'Ending failed.');
            process.exit(1);
          },
        );
      };
      process.once(signal, end);
      this.onSignal.set(signal, end);
    }
  }

  private async closeAll(): Promise<void> {
    for (const [signal, end] of this.onSignal) process.off(signal, end);
    for (const close of this.closers.reverse()) await close();
  }
}
