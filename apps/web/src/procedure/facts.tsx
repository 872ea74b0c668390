import type { ReactNode } from 'react';
import { useUnits } from '../frame/units';
import { dateText } from '../format/format';
import { KeyValues } from '../table/key-values';
import { kindWords } from '../words/codes';
import { useWords } from '../words/words';
import type { Procedure } from './procedure-queries';
import { Scan } from './scan';

/** Whose it is, what kind it is, and on which papers it rests. */
export function Facts({ procedure }: { readonly procedure: Procedure }): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const { id, kind, group, field, owningUnit, document, decision, abolition, offices, review, definition } = procedure;
  const paper = (number: string, date: string): string => `${number}, ${dateText(date)}`;
  const yes = (word: 'review.necessary' | 'review.withinPowers' | 'review.reasonable' | 'review.lawful', holds: boolean): string =>
    `${say(word)}: ${say(holds ? 'yes' : 'no')}`;
  return (
    <KeyValues
      entries={[
        [say('procedure.kind'), group === null ? say(kindWords[kind]) : `${say(kindWords[kind])}, ${say('procedure.groupOf', { group })}`],
        [say('procedure.owningUnit'), units.nameOf(owningUnit)],
        [say('procedure.field'), field],
        [
          say('procedure.review'),
          review &&
            [
              yes('review.necessary', review.necessary),
              yes('review.withinPowers', review.withinPowers),
              yes('review.reasonable', review.reasonable),
              yes('review.lawful', review.lawful),
              review.findings,
            ].join('\n'),
        ],
        [say('procedure.document'), document && paper(document.number, document.date)],
        [
          say('procedure.decision'),
          decision && (
            <>
              {`${paper(decision.number, decision.date)}, ${decision.signer}\n${say('procedure.effective', { date: dateText(decision.effectiveDate) })}`}
              {decision.scan !== undefined && <Scan procedure={id} hash={decision.scan} />}
            </>
          ),
        ],
        [say('procedure.offices'), offices.map(({ office, date }) => `${office}, ${dateText(date)}`).join('\n')],
        [say('procedure.abolition'), abolition?.reason],
        [say('procedure.definition'), `${definition.id}, ${say('procedure.version', { version: definition.version })}`],
      ]}
    />
  );
}
