import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { uuidv5 } from '#event-store';
import { Caller, goodReview, proposal, registration, signInAs } from '../support/client.js';
import type { Accepted, Answer, Problem } from '../support/client.js';
import type { AcknowledgedCommand } from '../support/log-laws.js';
import type { Cluster } from './cluster.js';

const lanes = 8;
/** Nobody sends the same command for longer. */
const patienceMs = 60_000;

/** People who work, and send again what was not answered, with the same key, to whichever API process answers. */
export class Load {
  readonly acknowledged: (AcknowledgedCommand & { readonly id: string })[] = [];
  /** Calls that were not answered, or with 503. */
  failures = 0;
  slowestMs = 0;
  private isOver = false;
  private working: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly cluster: Cluster,
    readonly officer: Caller,
    private readonly personId: string,
  ) {}

  static async signIn(cluster: Cluster): Promise<Load> {
    const officer = await signInAs(cluster.api(0).url, 'officer', 'service');
    const { username, password } = officer.person ?? {};
    const { body } = await officer.post<{ person: { id: string } }>('/api/v1/auth/login', { username, password });
    return new Load(cluster, officer, body.person.id);
  }

  begin(): void {
    this.isOver = false;
    const work = async (): Promise<void> => {
      while (!this.isOver) {
        const { id } = await this.send('/api/v1/procedures', registration(this.officer));
        await this.send(`/api/v1/procedures/${id}/actions/review`, goodReview);
        await this.send(`/api/v1/procedures/${id}/actions/propose`, proposal);
      }
    };
    this.working = Promise.all(Array.from({ length: lanes }, work));
    this.working.catch(() => undefined);
  }

  /** Lets everybody end what they began. @throws when a command was answered wrongly or never */
  async end(): Promise<void> {
    this.isOver = true;
    await this.working;
  }

  /** The newest position that was acknowledged. */
  get position(): string {
    return String(this.acknowledged.map(({ answer }) => BigInt(answer.position)).reduce((a, b) => (a > b ? a : b), 0n));
  }

  private async send(path: string, body: object): Promise<Accepted> {
    const key = randomUUID();
    const began = Date.now();
    for (;;) {
      const { apis } = this.cluster;
      const url = apis[Math.floor(Math.random() * apis.length)]?.url ?? '';
      const answer = await this.post(url, path, body, key);
      if (answer !== undefined && answer.status < 300) {
        this.acknowledged.push({ commandId: uuidv5(this.personId, key), id: answer.body.id, answer: answer.body });
        this.slowestMs = Math.max(this.slowestMs, Date.now() - began);
        return answer.body;
      }
      if (answer !== undefined && answer.status !== 503) throw new Error(`${path} was answered with ${JSON.stringify(answer.body)}.`);
      if (Date.now() - began > patienceMs) throw new Error(`${path} was not answered for ${patienceMs} ms.`);
      this.failures++;
      await delay(50);
    }
  }

  private post(url: string, path: string, body: object, key: string): Promise<Answer<Accepted & Problem> | undefined> {
    return new Caller(url, this.officer.token, this.officer.person)
      .post<Accepted & Problem>(path, body, { 'idempotency-key': key })
      .catch(() => undefined);
  }
}
