import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import type { components } from '../../api/schema';
import { Acts } from '../../form/acts';
import type { Act } from '../../form/acts';
import { LongField, TextField } from '../../form/fields';
import { UnitField } from '../../form/unit-field';
import { numberText } from '../../format/format';
import { useUnits } from '../../frame/units';
import type { Unit } from '../../frame/units';
import { pathUp } from '../../table/tree-rows';
import { useWords } from '../../words/words';

type Use = components['schemas']['UnitUseAnswer'];

/** What may stand directly below which. */
const levelBelow: Readonly<Record<Unit['level'], Unit['level']>> = { ministry: 'service', service: 'unit', unit: 'unit' };

interface Props {
  readonly unit: Unit;
  readonly use: Use;
  /** Has what is below a unit shown, where something came to stand there. */
  readonly openUp: (unit: string) => void;
}

/** What is done to a unit; before it is done, what comes with it. */
export function UnitActs({ unit, use, openUp }: Props): ReactNode {
  const { say, language } = useWords();
  const units = useUnits();
  const { id, level, name } = unit;
  const send = (act: string) => (body: object, key: string) => command('POST', `/api/v1/units/${id}/${act}`, body, { key });
  const figures = {
    people: numberText(use.people + use.programs, language),
    procedures: numberText(use.procedures.count, language),
    tasks: numberText(use.openTasks.count, language),
    below: numberText(use.unitsBelow, language),
  };
  const isBelow = (other: Unit): boolean => other.id === id || pathUp(units.all, other.id).includes(id);
  const mayHold = (other: Unit): boolean =>
    !other.closed && other.administered && levelBelow[other.level] === level && !isBelow(other) && other.id !== unit.parent;
  const acts: readonly Act[] = [
    {
      name: 'register-unit',
      title: say('units.make'),
      effect: say('units.makeEffect', { name }),
      fields: <TextField name="name" label={say('units.name')} />,
      send: async (body, key) => {
        await command('POST', '/api/v1/units', { ...body, level: levelBelow[level], parent: id }, { key });
        openUp(id);
      },
    },
    {
      name: 'rename-unit',
      title: say('units.rename'),
      effect: say('units.renameEffect'),
      fields: <TextField name="name" label={say('units.newName')} defaultValue={name} />,
      send: send('rename'),
    },
    {
      name: 'move-unit',
      title: say('units.move'),
      effect: say('units.moveEffect', figures),
      fields: <UnitField name="parent" label={say('units.newParent')} among={mayHold} />,
      send: async (body, key) => {
        await send('move')(body, key);
        openUp(String(body.parent));
      },
    },
    {
      name: 'merge-unit',
      title: say('units.merge'),
      effect: say('units.mergeEffect', figures),
      isFinal: true,
      fields: (
        <UnitField
          name="into"
          label={say('units.mergeInto')}
          among={(other) => !other.closed && other.administered && other.level === level && !isBelow(other)}
        />
      ),
      send: send('merge'),
    },
    {
      name: 'close-unit',
      title: say('units.close'),
      effect: (
        <>
          <Text size="sm">{say('units.closeEffect', figures)}</Text>
          {use.unitsBelow > 0 && <Text size="sm">{say('units.closeBelow', figures)}</Text>}
        </>
      ),
      isFinal: true,
      fields: <LongField name="reason" label={say('field.reason')} />,
      send: send('close'),
    },
  ];
  return <Acts heading={3} label={say('units.acts')} acts={level === 'ministry' ? acts.filter((act) => act.name !== 'move-unit') : acts} />;
}
