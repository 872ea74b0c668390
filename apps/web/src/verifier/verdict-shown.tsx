import type { ReactNode } from 'react';
import type { Language } from '../words/words';
import { checkName, sayIn, scopeText } from './verifier-words';
import type { SayOfVerifier } from './verifier-words';
import classes from './verifier.module.css';
import type { LookedAt, Outcome } from './verify-file';

interface Props {
  readonly outcome: Outcome;
  /** Who is believed is known from what was verified alone. */
  readonly byOwnKey: boolean;
  readonly language: Language;
}

/** Most findings that are listed; those of the lowest indices tell the most. */
const mostListed = 200;

/** Two lights, never one, and what does not hold. */
export function VerdictShown({ outcome: { verdict, lookedAt }, byOwnKey, language }: Props): ReactNode {
  const say = sayIn(language);
  const { historyIsConsistent, dataMatchesLeaves, findings, more, unproven, gaps } = verdict;
  const left = more + Math.max(0, findings.length - mostListed);
  return (
    <>
      <p data-looked-at={lookedAt.kind}>{aboutOf(lookedAt, say, language)}</p>
      <ul className={classes.lights}>
        <Light
          name="history"
          holds={historyIsConsistent}
          title={say(historyIsConsistent ? 'history' : 'historyNot')}
          what={say('historyWhat')}
        />
        <Light name="data" holds={dataMatchesLeaves} title={say(dataMatchesLeaves ? 'data' : 'dataNot')} what={say('dataWhat')} />
      </ul>
      {lookedAt.kind === 'bundle' && lookedAt.claimsState && <p data-state="not-replayed">{say('stateNotReplayed')}</p>}
      {byOwnKey && <p className={classes.warning}>{say('ownKeyWarns')}</p>}
      {unproven > 0 && <p>{say('unproven', { count: unproven })}</p>}
      {gaps.slice(0, mostListed).map(({ legalBasis, ...gap }) => (
        <p key={gap.stream} data-gap={gap.permittedBy}>
          {say('erased', { ...gap, legalBasis: legalBasis ?? '' })}
        </p>
      ))}
      {findings.length > 0 && (
        <div className={classes.wide} role="region" aria-label={say('findings')} tabIndex={0}>
          <table>
            <caption>{say('findings')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('leaf')}</th>
                <th scope="col">{say('wrong')}</th>
                <th scope="col">{say('detail')}</th>
              </tr>
            </thead>
            <tbody>
              {findings.slice(0, mostListed).map(({ check, index, message }, place) => (
                <tr key={place} data-finding={check} data-index={index ?? ''}>
                  <td>{index ?? '–'}</td>
                  <td>{checkName(check, language)}</td>
                  <td lang="en">{message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {left > 0 && <p>{say('more', { count: left })}</p>}
    </>
  );
}

interface LightProps {
  readonly name: 'history' | 'data';
  readonly holds: boolean;
  readonly title: string;
  readonly what: string;
}

/** Told by its words and its shape, too. */
function Light({ name, holds, title, what }: LightProps): ReactNode {
  return (
    <li className={holds ? classes.holds : classes.fails} data-light={name} data-holds={holds}>
      <span aria-hidden="true">{holds ? '✓' : '✗'}</span>
      <span>
        <strong>{title}</strong>
        <br />
        {what}
      </span>
    </li>
  );
}

function aboutOf(lookedAt: LookedAt, say: SayOfVerifier, language: Language): string {
  const size = lookedAt.size ?? '?';
  if (lookedAt.kind === 'proof') return say('proof', { index: lookedAt.index ?? '?', size, event: lookedAt.event });
  return say('bundle', { scope: scopeText(lookedAt.scope, language), lines: lookedAt.lines, size });
}
