import { encodeCosignatures, judge } from '#audit/verifier';
import type { WitnessRefusal } from '#audit/verifier';
import { complain } from '../terminal.js';
import type { WitnessFolder } from './witness-folder.js';

/** What was answered to one request. */
export type WitnessAnswer = { readonly status: 200; readonly cosignature: Uint8Array } | WitnessRefusal;

/** Asked one after the other: between a judgement and what is recorded of it, nothing else is judged. */
export class Witness {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly folder: WitnessFolder) {}

  /** @param request body of add-checkpoint @throws Error where it could not be recorded; nothing was signed then */
  answer(request: Uint8Array): Promise<WitnessAnswer> {
    const answer = this.last.then(() => this.answerAlone(request));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  private async answerAlone(request: Uint8Array): Promise<WitnessAnswer> {
    const verdict = judge(request, this.folder);
    if (verdict.status === 200) return { status: 200, cosignature: encodeCosignatures([await this.folder.cosign(verdict)]) };
    if (verdict.alarm !== undefined && (await this.folder.keepAlarm(verdict.alarm, verdict.reason, request))) {
      complain(`ALARM ${verdict.alarm}: ${verdict.reason} The request is kept beside the alarms.`);
    }
    return verdict;
  }
}
