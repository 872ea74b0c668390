import { uuidv5 } from '#event-store';
import type { Level, Role } from '#workflow';
import type { ApiClient } from './client.js';
import type { People, UnitRef } from './people.js';
import { requestTexts } from './samples.js';
import type { Scenario, ScenarioInspection } from './scenario.js';
import { table } from './table.js';
import { say } from './terminal.js';

/** Every key is derived from this, the scenario's id, what is made and the body: a file that says something else makes something else. */
const keyNamespace = '2c0e4f7b-93a1-5d86-8f55-6f6b0a4d21c9';

/** Sends a command as the first person of that role at that level. */
type Send = <Answer = { readonly id: string }>(
  who: readonly [Role, Level],
  what: string,
  call: { readonly at: string; readonly body: object },
) => Promise<Answer>;

/** Plays the programme, the indicators and the inspection of a scenario. Safe to repeat: each command carries a key that depends on what it says alone. */
export async function playBesideProcedures(api: ApiClient, people: People, scenario: Scenario, units: readonly UnitRef[]): Promise<void> {
  const { programme, indicators, inspection } = scenario;
  const send: Send = async (who, what, { at, body }) =>
    api.post(`/api/v1/${at}`, body, {
      token: await people.token(...who),
      idempotencyKey: uuidv5(keyNamespace, `${scenario.id}/${what}/${JSON.stringify(body)}`),
    });
  const said: string[][] = [];
  if (programme) said.push(['programme', await playProgramme(send, programme)]);
  for (const [index, indicator] of indicators.entries()) {
    const value = await playIndicator(send, { api, people }, { indicator, index, scenario, units });
    said.push([`indicator "${indicator.title}"`, value]);
  }
  if (inspection) said.push(['inspection', await playInspection(send, inspection, units)]);
  if (said.length > 0) say(`\n${table([['beside the procedures', 'entered'], ...said])}`);
}

async function playProgramme(send: Send, { code, title, from, to, targets }: NonNullable<Scenario['programme']>): Promise<string> {
  const authority = ['authority', 'service'] as const;
  const { id } = await send(authority, 'programme', { at: 'programmes', body: { code, title, from, to } });
  for (const [index, target] of targets.entries())
    await send(authority, `programme/target/${index}`, { at: `programmes/${id}/targets`, body: target });
  return `${targets.length} targets`;
}

/** Reported by the service for all of its units, and verified by somebody else. */
async function playIndicator(
  send: Send,
  { api, people }: { readonly api: ApiClient; readonly people: People },
  {
    indicator: { code, title, unitOfMeasure, value, of },
    index,
    scenario,
    units,
  }: {
    readonly indicator: Scenario['indicators'][number];
    readonly index: number;
    readonly scenario: Scenario;
    readonly units: readonly UnitRef[];
  },
): Promise<string> {
  const service = openUnit(units, 'service');
  const body = { code, title, unitOfMeasure, per: 'service', ...(of !== null && { of }) };
  const { id } = await send(['checker', 'service'], `indicator/${index}`, { at: 'indicators', body });
  const period = scenario.year;
  const report = { unit: service.id, period, value: String(value) };
  await send(['officer', 'service'], `indicator/${index}/report`, { at: `indicators/${id}/reports`, body: report });
  const { position } = await send<{ readonly position: string }>(['checker', 'service'], `indicator/${index}/verify`, {
    at: `indicators/${id}/reports/${service.id}/${period}/verify`,
    body: {},
  });
  const token = await people.token('checker', 'service');
  const { verifiedTotal } = await api.get<{ readonly verifiedTotal: string | number }>(
    `/api/v1/indicators/${id}?period=${period}&minPosition=${position}`,
    { token },
  );
  if (Number(verifiedTotal) !== value) throw new Error(`The indicator "${title}" reads ${verifiedTotal}, and ${value} was entered.`);
  return String(verifiedTotal);
}

/** Announced, held and concluded by whoever inspects, with what it asks of the inspected unit; remedies are left to be reported. */
async function playInspection(send: Send, { title, by, of, on, number, dueOn, requests }: ScenarioInspection, units: readonly UnitRef[]): Promise<string> {
  const [inspecting, inspected] = [openUnit(units, by), openUnit(units, of)];
  const who = ['authority', by] as const;
  const { id } = await send(who, 'inspection', {
    at: 'inspections',
    body: { title, by: inspecting.id, of: inspected.id, announcedOn: on },
  });
  const act = (action: string, body: object, nth = ''): Promise<unknown> =>
    send(who, `inspection/${action}${nth}`, { at: `inspections/${id}/actions/${action}`, body });
  await act('open', { date: on });
  await act('end', { date: on });
  await act('conclude', { document: { number, date: on } });
  const texts = typeof requests === 'number' ? requestTexts(requests) : requests;
  for (const [index, text] of texts.entries()) await act('recommend', { text, owner: inspected.id, dueOn }, `/${index}`);
  return `concluded, with ${texts.length} requests`;
} // prettier-ignore

function openUnit(units: readonly UnitRef[], level: Level): UnitRef {
  const found = units.find((one) => one.level === level && one.closed !== true);
  if (!found) throw new Error(`No unit of the level ${level} is known on this server.`);
  return found;
}
