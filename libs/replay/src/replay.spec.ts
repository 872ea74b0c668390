import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Findings, Malformed, canonicalJson, utf8 } from '#audit/verifier';
import type { ShownEvent } from '#audit/verifier';
import { firstDifference } from './first-difference.js';
import { Replay } from './replay.js';
import { StateClaim } from './state-claim.js';
import { foldingOf, stateShape } from './states.js';
import type { StateEvent } from './states.js';
import { parseStated, statedText } from './stated.js';
import type { Stated } from './stated.js';

const folder = join(process.cwd(), 'libs/procedures/src/golden');

interface Golden {
  readonly event: { readonly type: string; readonly data: object };
  readonly given: readonly string[];
}

const metadata = { actor: { id: 'person-1', version: 1, commitment: '', role: 'officer', unit: 's' } };
const golden = (name: string): Golden => JSON.parse(readFileSync(join(folder, `${name}.v1.json`), 'utf8')) as Golden;
const eventOf = (name: string): StateEvent => ({ ...golden(name).event, metadata });
const storyOf = (name: string): readonly StateEvent[] => [...golden(name).given, name].map(eventOf);
const names = readdirSync(folder).map((file) => file.replace('.v1.json', ''));

const stream = 'procedure-one';
const long = storyOf('ProcedureSimplified');

/** As they stand in a bundle, every third leaf. */
const shown = (events: readonly StateEvent[]): readonly ShownEvent[] =>
  events.map((event, revision) => ({ ...event, stream, revision, id: '', recordedAt: '', schemaVersion: 1 }) as unknown as ShownEvent);

async function claimed(events: readonly StateEvent[], of = stream): Promise<Stated> {
  const claim = new StateClaim(of);
  for (const [revision, event] of events.entries()) claim.take({ ...event, revision });
  const stated = parseStated(utf8(await claim.finish()));
  if (!stated) throw new Error('No state is claimed.');
  return stated;
}

function found(stated: Stated, events: readonly ShownEvent[]): readonly string[] {
  const findings = new Findings();
  const replay = new Replay(stated, findings);
  for (const event of events) replay.take(event, event.revision * 3);
  const isRebuilt = replay.finish();
  const verdict = findings.verdict();
  expect(isRebuilt).toBe(verdict.findings.length === 0 && verdict.unproven === 0);
  return verdict.findings.map(({ index, message }) => `${String(index)} ${message}`);
}

describe('Replaying what a bundle claims', () => {
  it.each(names)('comes to the claimed state of %s', async (name) => {
    expect(found(await claimed(storyOf(name)), shown(storyOf(name)))).toEqual([]);
  });

  it('comes to that of a programme, and shows nothing of how it is kept', async () => {
    const made = { type: 'ProgrammeMade', data: { code: 'P', title: 'T', from: '2022-01-01', to: '2025-12-31' }, metadata };
    const stated = await claimed([made, { type: 'ProgrammeClosed', data: { reason: 'Xong' }, metadata }], 'programme-one');
    expect(stated.state).toEqual({ made: made.data, closed: true, targets: [] });
  });

  it('says what a stranger understands: fields of the procedure, what papers say, and who acted, without the events once more', async () => {
    const { state, steps, revision } = await claimed(long);
    expect(state).toMatchObject({ phase: 'inForce', title: 'Tên', stage: 'simplified', decision: { number: '12/QĐ' }, people: {} });
    expect(state).not.toHaveProperty('records');
    expect(steps.map((step) => step.revision)).toEqual(long.map((_, at) => at));
    expect(revision).toBe(long.length - 1);
  });

  it('names field and leaf where the claimed state was changed', async () => {
    const stated = await claimed(long);
    const state = structuredClone(stated.state) as { title: string; options: { saving: { saving: number } }[] };
    if (state.options[0]) state.options[0].saving.saving = 1;
    const last = String((long.length - 1) * 3);
    expect(found({ ...stated, state }, shown(long))).toEqual([
      `${last} The claimed state is not what the events come to: options.0.saving.saving is 1, and the events come to 4355540.`,
    ]);
    const more = { ...stated.state, approved: true };
    expect(found({ ...stated, state: more }, shown(long))).toEqual([
      `${last} The claimed state is not what the events come to: approved is true, and the events come to nothing.`,
    ]);
  });

  it('names the first leaf that leads elsewhere where the whole claim was made of other events', async () => {
    const others = long.map((event, at) => (at === 2 ? { ...event, data: { ...event.data, stage: 'abolished' } } : event));
    const [first, ...more] = found(await claimed(others), shown(long));
    expect(first).toBe(`6 After revision 2 of ${stream} the state is not the claimed one any more.`);
    expect(more.every((one) => one.startsWith('6 The claimed state is not what'))).toBe(true);
  });

  it('names where events are left out, are not shown, or come after', async () => {
    const stated = await claimed(long);
    const events = shown(long);
    const cannot = `The state of ${stream} cannot be rebuilt:`;
    expect(found(stated, events.toSpliced(1, 1))).toEqual([`6 ${cannot} revision 1 is due, and 2 comes.`]);
    expect(found(stated, events.slice(0, -1))[0]).toContain(
      `${String((long.length - 2) * 3)} ${cannot} the events of ${stream} end before`,
    );
    expect(found(stated, [])).toEqual([
      `null ${cannot} the events of ${stream} end before revision 0, and ${String(long.length - 1)} is claimed.`,
    ]);
    const hidden = { ...events[1], data: undefined } as unknown as ShownEvent;
    expect(found(stated, events.with(1, hidden))).toEqual([`3 ${cannot} revision 1 is not shown.`]);
    const earlier = await claimed(long.slice(0, 2));
    expect(found(earlier, events)).toEqual([`6 ${cannot} revision 2 comes after the claimed state.`]);
  });

  it('holds a long life against 256 of its states, and names the stretch between two', async () => {
    const story = [eventOf('ProcedureRegistered'), ...Array.from({ length: 999 }, () => eventOf('PartsAmended'))];
    const stated = await claimed(story);
    expect(stated.steps).toHaveLength(250);
    expect(found(stated, shown(story))).toEqual([]);
    const changed = story.with(501, { ...eventOf('PartsAmended'), data: { ...eventOf('PartsAmended').data, parts: { fees: 'Khác' } } });
    expect(found(stated, shown(changed))[0]).toBe(
      `1500 Between the revisions 500 and 503 of ${stream} the state is not the claimed one any more.`,
    );
  });

  it('leaves a claim of another version of the product unproven', async () => {
    const findings = new Findings();
    const replay = new Replay({ ...(await claimed(long)), shape: stateShape + 1 }, findings);
    for (const event of shown(long)) replay.take(event, 0);
    expect(replay.finish()).toBe(false);
    expect(findings.verdict()).toMatchObject({ findings: [], unproven: 1 });
  });

  it('claims nothing where events are withheld', async () => {
    const claim = new StateClaim(stream);
    claim.take({ ...eventOf('ProcedurePublished'), revision: 1 });
    expect(await claim.finish()).toBe('null\n');
    expect(parseStated(utf8('null\n'))).toBeNull();
  });

  it('takes garbage of every shape, as events and as a claim', async () => {
    const stated = await claimed(long);
    const types = [...new Set(names.map((name) => name.split('.')[0] ?? ''))];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...types), fc.object({ withBigInt: false })), { maxLength: 6 }), (given) => {
        const events = shown([...long.slice(0, 2), ...given.map(([type, data]) => ({ type, data, metadata }))]);
        const all = found(
          { ...stated, revision: events.length - 1, steps: events.map(({ revision }) => ({ revision, sha256: '' })) },
          events,
        );
        expect(all.length).toBeGreaterThan(0);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        try {
          parseStated(utf8(text));
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      }),
    );
    const deep = `{"v":1,"shape":1,"stream":"a","revision":0,"steps":[{"revision":0,"sha256":""}],"state":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`;
    expect(() => parseStated(utf8(deep))).toThrow(Malformed);
    expect(() => parseStated(utf8(statedText({ ...stated, steps: [] })))).toThrow(Malformed);
  });

  it('finds the first field in which two values part, and none in a value and itself', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(firstDifference(value, structuredClone(value))).toBeNull()));
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) =>
        expect(firstDifference(one, other) === null).toBe(canonicalJson(one) === canonicalJson(other)),
      ),
    );
  });
});

describe('The JSON of a state', () => {
  // A bundle is replayed for years. Where this differs for the same events, raise the shape and make the file anew.
  it('is for the same events what it was when this shape was made', () => {
    const states = Object.fromEntries(
      names.map((name) => {
        const folding = foldingOf(stream);
        folding?.add(storyOf(name));
        return [name, folding?.shown() ?? null];
      }),
    );
    const kept = JSON.parse(readFileSync(join(process.cwd(), 'libs/replay/src/golden-states.json'), 'utf8')) as {
      readonly shape: number;
      readonly states: Readonly<Record<string, object>>;
    };
    expect(kept.shape).toBe(stateShape);
    expect(JSON.parse(canonicalJson(states))).toEqual(kept.states);
  });
});
