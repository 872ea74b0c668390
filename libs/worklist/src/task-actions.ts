import { rolesFor } from '#workflow';
import type { HeldRole, UnitTree, Who } from '#workflow';
import type { InquirySubject } from './inquiry-desk.js';
import { unmetBy } from './inquiry.js';
import type { Inquiry, InquiryCommand } from './inquiry.js';
import type { TaskKind } from './task-queries.js';

/** What can be done about a question that waits for a unit, as the calls name it. */
export const taskActions = ['answer', 'close', 'remind'] as const;
export type TaskAction = (typeof taskActions)[number];

/** Something that can be done, and what stands against it for whoever asks; nothing does where it is empty. */
export interface AllowedOnTask {
  readonly action: TaskAction;
  /** Codes, each once, in the order in which a refusal names them. */
  readonly unmet: readonly string[];
}

/** What the rules look at besides the question itself. */
interface Asked {
  readonly kind: TaskKind;
  /** Unit id: who is to answer. */
  readonly unit: string;
  readonly subject: InquirySubject;
  /** The procedure has come to its end. */
  readonly ended: boolean;
  /** The date in Vietnam. */
  readonly today: string;
  /** By which role whoever asks may assign such a review; null where they may not, and where it is none. */
  readonly assigner: HeldRole | null;
}

type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context'> : never;

/** What somebody may do now about what a unit is asked and has not answered; decided by the rules of the commands. */
export function allowedOnTask(
  asked: Asked,
  state: Inquiry,
  by: Pick<Who, 'roles' | 'actingFor'>,
  units: UnitTree,
): readonly AllowedOnTask[] {
  const { kind, unit, today, assigner, ended, subject } = asked;
  const { assigned, waiting, dueOn } = subject;
  const commands: Readonly<Record<TaskAction, WithoutContext<InquiryCommand>>> = {
    answer: { action: 'answer', unit, assigned, waiting },
    close: { action: 'close-consultation' },
    remind: { action: 'remind', occasion: 'asked', today, dueOn, waiting, assigner },
  };
  const possible = taskActions.filter((action) => action !== 'close' || kind === 'consultation');
  return possible.map((action) => {
    const command = commands[action];
    const context = { roles: rolesFor(command.action, by), units, ended };
    return { action, unmet: [...new Set(unmetBy({ ...command, context }, state).map(({ code }) => code))] };
  });
}
