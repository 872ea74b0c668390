/** What of a definition its picture shows, whatever else stands in it. */
export interface Lifecycle {
  readonly initial: string | null;
  readonly stages: readonly Stage[];
  readonly ways: readonly Way[];
}

interface Stage {
  readonly name: string;
  readonly title: Title;
  readonly isEnd: boolean;
}

interface Title {
  readonly vi?: string;
  readonly en?: string;
}

/** An action, where it may begin and where it leads. */
interface Way {
  readonly action: string;
  readonly from: readonly string[] | 'open';
  /** A stage, or `same` or `origin`. */
  readonly to: string;
  readonly instead: Instead | null;
  /** It moves the work on. */
  readonly isWork: boolean;
}

interface Instead {
  readonly when: string;
  readonly to: string;
}

/** Reads a definition, or as much of a draft as can be read: an administrator may be in the middle of writing it. */
export function readLifecycle(document: unknown): Lifecycle {
  const { initial, stages, transitions } = fieldsOf(document);
  return {
    initial: typeof initial === 'string' ? initial : null,
    stages: Object.entries(fieldsOf(stages)).map(([name, stage]) => {
      const { title, end } = fieldsOf(stage);
      const { vi, en } = fieldsOf(title);
      return { name, isEnd: end === true, title: { ...(typeof vi === 'string' && { vi }), ...(typeof en === 'string' && { en }) } };
    }),
    ways: (Array.isArray(transitions) ? transitions : []).flatMap((transition: unknown) => {
      const { action, from, to, instead, worklist } = fieldsOf(transition);
      if (typeof action !== 'string' || typeof to !== 'string') return [];
      const other = fieldsOf(instead);
      const stagesLeft = Array.isArray(from) ? from.filter((one): one is string => typeof one === 'string') : [];
      return [
        {
          ...{ action, to, from: from === 'open' ? ('open' as const) : stagesLeft, isWork: worklist === true },
          instead: typeof other.to === 'string' ? { when: String(other.when), to: other.to } : null,
        },
      ];
    }),
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

/** One action from one stage to another. */
export interface Step {
  readonly action: string;
  readonly from: string;
  readonly to: string;
  /** What the command or the open option says, where that decides about the target. */
  readonly when: string | null;
  readonly isWork: boolean;
}

/** Stands for all stages that are not an end, where a way begins in each of them. */
export const anyOpen = '*';

/** Every step that leads to another stage; what may begin anywhere begins in `anyOpen`. */
export function stepsOf({ stages, ways }: Lifecycle): readonly Step[] {
  const known = new Set(stages.map(({ name }) => name));
  const origins = ways.flatMap(({ action, from }) => (action === 'propose-option' && from !== 'open' ? from : []));
  return ways.flatMap(({ action, from, to, instead, isWork }) =>
    (from === 'open' ? [anyOpen] : from).flatMap((stage) =>
      [{ to, when: null }, ...(instead ? [instead] : [])].flatMap((target) =>
        (target.to === 'origin' ? [...new Set(origins)] : [target.to])
          .filter((name) => name !== 'same' && name !== stage && known.has(name) && (stage === anyOpen || known.has(stage)))
          .map((name) => ({ action, from: stage, to: name, when: target.when, isWork })),
      ),
    ),
  );
}

/** Actions that leave the procedure where it is, by the stage; what may be done anywhere stands under `anyOpen`. */
export function staysOf({ stages, ways }: Lifecycle): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [anyOpen, ...stages.map(({ name }) => name)].map((stage) => [
      stage,
      ways
        .filter(({ from, to }) => (to === 'same' || to === stage) && (from === 'open' ? stage === anyOpen : from.includes(stage)))
        .map(({ action }) => action),
    ]),
  );
}

/** The steps that leave a stage, also those that leave any; what moves the work on comes first. */
export function stepsFrom(lifecycle: Lifecycle, stage: string): readonly Step[] {
  const isEnd = lifecycle.stages.find(({ name }) => name === stage)?.isEnd ?? false;
  return stepsOf(lifecycle)
    .filter(({ from, to }) => from === stage || (from === anyOpen && !isEnd && to !== stage))
    .toSorted((one, other) => Number(other.isWork) - Number(one.isWork));
}
