import { useSyncExternalStore } from 'react';
import { command, queries } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import { afterItem, begun, isOver, nextOf, readRun } from './run';
import type { Item, Piece, Run } from './run';

const againAfterMs = 2_000;

/** What a person does with several in this browser. It goes on while other pages are looked at, and after a reload once they say so. */
class Runs {
  private run: Run | null = null;
  private person = '';
  private isKept = true;
  private isUnderWay = false;
  private readonly listeners = new Set<() => void>();

  readonly now = (): Run | null => this.run;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Finds what the person had begun. */
  readonly of = (person: string): void => {
    if (person === this.person) return;
    this.person = person;
    this.run = readRun(localStorage.getItem(this.name));
  };

  /** @param isKept Whether it may be written into the browser, where others may read it */
  begin(path: string, body: Run['body'], pieces: readonly Piece[], isKept: boolean): void {
    this.isKept = isKept;
    this.become(begun(path, body, pieces, () => crypto.randomUUID()));
    void this.goThrough();
  }

  goOn(): void {
    if (!this.run) return;
    this.become({ ...this.run, isGoing: true });
    void this.goThrough();
  }

  /** What is under way is finished; nothing further is begun. */
  stop(): void {
    if (this.run) this.become({ ...this.run, isGoing: false });
  }

  clear(): void {
    this.become(null);
  }

  private async goThrough(): Promise<void> {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    try {
      for (let item = this.next(); item; item = this.next()) await this.send(item);
    } finally {
      this.isUnderWay = false;
      if (this.run && isOver(this.run)) this.become({ ...this.run, isGoing: false });
      await queries.invalidateQueries();
    }
  }

  private next(): Item | null {
    return this.run?.isGoing === true ? nextOf(this.run) : null;
  }

  private async send({ id, revision, actingFor, command: key }: Item): Promise<void> {
    const { run } = this;
    if (!run) return;
    try {
      const how = { key, revision, isOneOfSeveral: true, ...(actingFor !== null && { actingFor }) };
      await command('POST', `/api/v1/procedures/${id}/${run.path}`, run.body, how);
      this.change((so) => afterItem(so, key));
    } catch (error) {
      // It is not known whether it was done: the same command tells.
      if (error instanceof ApiProblem && error.isPassing) return new Promise((done) => setTimeout(done, againAfterMs));
      if (error instanceof ApiProblem && error.status === 401) this.stop();
      else this.change((so) => afterItem(so, key, reasonOf(error)));
    }
  }

  private change(after: (run: Run) => Run): void {
    if (this.run) this.become(after(this.run));
  }

  private become(run: Run | null): void {
    this.run = run;
    try {
      if (run && this.isKept) localStorage.setItem(this.name, JSON.stringify(run));
      else localStorage.removeItem(this.name);
    } catch {
      // A full browser keeps nothing; the work goes on all the same.
    }
    for (const listener of this.listeners) listener();
  }

  private get name(): string {
    return `tinhgon-several-${this.person}`;
  }
}

export const runs = new Runs();

export const useRun = (): Run | null => useSyncExternalStore(runs.subscribe, runs.now);

function reasonOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) return error instanceof Error ? error.message : String(error);
  if (error.unmet.length > 0) return error.unmet.map(({ message }) => message).join(' ');
  return [error.message, ...error.errors.map(({ path, message }) => `${path}: ${message}`)].join(' ');
}
