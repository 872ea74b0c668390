import type { Item } from '../table/pages';

export type Task = Item<'/api/v1/tasks'>;
export type TaskAction = Task['allowed'][number]['action'];

/** One question, with what each unit that was asked says. */
export interface Question {
  /** What the tasks of all its units have in common. */
  readonly about: Task;
  readonly tasks: readonly Task[];
}

/** The questions of a list of tasks, in its order; the units of one stand together there. */
export function questionsIn(tasks: readonly Task[]): readonly Question[] {
  const questions: { readonly about: Task; readonly tasks: Task[] }[] = [];
  for (const task of tasks) {
    const last = questions.at(-1);
    if (last?.about.id === task.id) last.tasks.push(task);
    else questions.push({ about: task, tasks: [task] });
  }
  return questions;
}

/** By which task somebody can do that about the question as a whole; undefined where they cannot. */
export const taskFor = (action: TaskAction, { tasks }: Question): Task | undefined =>
  tasks.find(({ allowed }) => allowed.some((one) => one.action === action && one.unmet.length === 0));

/** Why somebody who asks cannot do that now; nothing where it is not theirs to do. */
export function closedBecause(action: TaskAction, { tasks }: Question): readonly string[] {
  const unmet = tasks.flatMap(({ allowed }) => allowed.filter((one) => one.action === action)).map((one) => one.unmet);
  const own = unmet.filter((codes) => !codes.includes('not-authorised'));
  return own.some((codes) => codes.length === 0) ? [] : [...new Set(own.flat())];
}
