import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageLink } from '../../frame/link';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import type { Procedure } from '../procedure-queries';
import { sections } from '../procedure-search';
import type { Section } from '../procedure-search';
import { Comments } from './comments';
import { Content } from './content';
import { Deadlines } from './deadlines';
import { Files } from './files';
import { Questions } from './questions';
import classes from './sections.module.css';

export interface SectionProps {
  readonly procedure: Procedure;
}

const words = {
  content: 'section.content',
  comments: 'section.comments',
  files: 'section.files',
  questions: 'section.questions',
  deadlines: 'section.deadlines',
} as const satisfies Record<Section, Word>;

const shown = { content: Content, comments: Comments, files: Files, questions: Questions, deadlines: Deadlines } as const satisfies Record<
  Section,
  (props: SectionProps) => ReactNode
>;

/** What it says, and what is said about it: each part with an address. The past has its content alone. */
export function Sections({ procedure }: SectionProps): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/procedures/$id/' });
  const isPast = search.asOf !== undefined;
  const section = isPast ? 'content' : (search.section ?? 'content');
  const Shown = shown[section];
  return (
    <>
      {!isPast && (
        <nav aria-label={say('section.title')} className={classes.tabs} data-noprint>
          {sections.map((one) => (
            <PageLink
              key={one}
              to="/procedures/$id"
              params={{ id: procedure.id }}
              search={(kept) => ({ ...kept, section: one === 'content' ? undefined : one })}
              resetScroll={false}
              underline="never"
              className={classes.tab ?? ''}
              activeOptions={{ exact: true, includeSearch: true }}
            >
              {say(words[one])}
            </PageLink>
          ))}
        </nav>
      )}
      <Shown procedure={procedure} />
    </>
  );
}
