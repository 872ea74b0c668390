import type { RecordedEvent } from '#event-store';
import { Directory } from '#identity';
import type { Person } from '#identity';
import { classifiedIn } from '#procedures';
import type { ProcedureEvent } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import { sees } from '#workflow';
import type { Classified } from '#workflow';
import { InquiryDesk, isConcerned } from '#worklist';
import type { Parties } from '#worklist';
import { loadedOnce } from '../reading/loaded-once.js';
import { Settings } from '../settings.js';
import { foundForAll } from './found-for-all.js';

/** What is told besides what happens to procedures themselves, by the beginning of its streams. */
const beside = { 'inquiry-': 'task', 'claim-': 'claim', 'comments-': 'comment', 'deadline-': 'deadline' } as const;
type Beside = (typeof beside)[keyof typeof beside];

const procedurePrefix = 'procedure-';
export const streamedPrefixes: readonly string[] = [procedurePrefix, ...Object.keys(beside)];

/** So long what was found out about an event holds for whoever hears of it next. */
const foundMs = 1_000;

const nobody: Parties = { by: null, units: [] };

/** An event and whose concern it is: nobody asks or is asked in most of them. */
interface About extends Parties {
  readonly event: RecordedEvent;
  /** Procedure id. */
  readonly procedure: string;
  /** Null for what happens to the procedure itself. */
  readonly beside: Beside | null;
  readonly classified: Classified;
}

/** What a listener is told of what happened: `change` where it happened to a procedure that they see, `beside` where it is about one and their concern. */
export class StreamMessages {
  constructor(
    private readonly directory: Directory,
    private readonly procedures: ProcedureDesk,
    private readonly inquiries: InquiryDesk,
    private readonly settings: Settings,
  ) {}

  /** As the person stands now, who may have lost a role since they began to listen. @param listener Person id */
  async of(events: readonly RecordedEvent[], listener: string): Promise<string> {
    const person = this.directory.person(listener);
    if (!person || events.length === 0) return '';
    const about = await this.about(events);
    return about.map((one) => this.messageTo(person, one)).join('');
  }

  private messageTo(person: Person, about: About): string {
    const { classified, beside, units } = about;
    const sight = this.directory.sightOf(person);
    if (beside === null && sees(sight, classified)) return changeOf(about);
    const isTheirs = units.length > 0 ? isConcerned(sight, about, classified) : beside !== null && sees(sight, classified);
    return isTheirs ? besideOf(about) : '';
  }

  /** Found out once for all who listen; what each of them is told is decided by it. */
  private readonly about = foundForAll(async (events: readonly RecordedEvent[]): Promise<ReadonlyMap<RecordedEvent, About>> => {
    const find = loadedOnce((id: string) => this.inquiries.find(id));
    const all = (await Promise.all(events.map((event) => aboutOf(event, find)))).filter((one) => one !== null);
    const classified = await this.classified(new Set(all.map(({ procedure }) => procedure)));
    return new Map(
      all.flatMap((one) => {
        const found = classified.get(one.procedure);
        return found ? [[one.event, { ...one, classified: found }] as const] : [];
      }),
    );
  }, foundMs);

  /** Who owns them and how secret they are. How secret never changes; a view that is behind may say who owned it before a correction, and of that tells ids and stages alone. */
  private async classified(procedures: ReadonlySet<string>): Promise<ReadonlyMap<string, Classified>> {
    const known = await classifiedIn(this.settings.database, [...procedures]);
    const all = [...procedures].map(async (id) => [id, known.get(id) ?? (await this.procedures.find(id))?.state] as const);
    return new Map((await Promise.all(all)).flatMap(([id, state]) => (state ? [[id, state] as const] : [])));
  }
}

async function aboutOf(event: RecordedEvent, find: InquiryDesk['find']): Promise<Omit<About, 'classified'> | null> {
  const { stream, data } = event;
  const id = stream.slice(stream.indexOf('-') + 1);
  if (stream.startsWith(procedurePrefix)) {
    const fact = { type: event.type, data } as ProcedureEvent;
    return { event, procedure: id, beside: null, ...nobody, ...(fact.type === 'ReviewAssigned' && { units: fact.data.units }) };
  }
  const [, what] = Object.entries(beside).find(([prefix]) => stream.startsWith(prefix)) ?? [];
  if (what === undefined) return null;
  if (what !== 'task') return { event, procedure: id, beside: what, ...nobody };
  const asked = await find(id);
  return asked && { event, procedure: asked.procedure, beside: what, by: asked.by, units: asked.units };
}

function changeOf({ event, procedure }: About): string {
  const { position, revision, type, recordedAt, data } = event;
  const { stage } = data as ProcedureEvent['data'];
  return message('change', event, { position: String(position), procedure, revision, type, stage, recordedAt, by: doerOf(event) });
}

function besideOf({ event, procedure, beside: what }: About): string {
  const { position, type, recordedAt } = event;
  return message('beside', event, { position: String(position), procedure, about: what ?? 'task', type, recordedAt, by: doerOf(event) });
}

/** Person id; null where time brought it, and nobody in person did it. */
const doerOf = ({ metadata: { actor } }: RecordedEvent): string | null => (actor.id === '' ? null : actor.id);

const message = (event: string, { position }: RecordedEvent, data: object): string =>
  `id: ${String(position)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
