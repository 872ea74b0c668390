import { useEffect, useId, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import type { Words } from '../words/words';
import { anyOpen, staysOf, stepsOf } from './lifecycle';
import type { Lifecycle } from './lifecycle';
import { lineHeight, linesOf, noteHeight, placed } from './layout';
import type { Picture, Sketch } from './layout';
import classes from './lifecycle-picture.module.css';
import { stageTitle, stepTitle } from './titles';

/** Where a procedure stands on its way. */
export interface Standing {
  readonly stage: string;
  /** Stages that it stood in, the first one first, the present one last. */
  readonly path: readonly string[];
}

interface Props {
  readonly lifecycle: Lifecycle;
  /** What the picture shows, for whoever does not see it. */
  readonly label: string;
  /** (Default: of no procedure) */
  readonly standing?: Standing | undefined;
}

/** A lifecycle as a picture. It scrolls in a box of its own, which shows the present stage at first. */
export function LifecyclePicture({ lifecycle, label, standing }: Props): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const box = useRef<HTMLDivElement>(null);
  const head = useId();
  const picture = useMemo(() => placed(sketchOf(lifecycle, { say, language })), [lifecycle, say, language]);
  const here = picture.boxes.find(({ name }) => name === standing?.stage);
  useEffect(() => {
    if (!here || !box.current) return;
    box.current.scrollTop = here.y - box.current.clientHeight / 2;
    box.current.scrollLeft = here.x - box.current.clientWidth / 2;
  }, [here]);
  const shapeOf = (name: string): string =>
    [classes.stage, name === anyOpen && classes.any, isPassed(standing, name) && classes.passed, name === standing?.stage && classes.here]
      .filter((one) => typeof one === 'string')
      .join(' ');
  return (
    <div ref={box} className={classes.box} tabIndex={0} role="group" aria-label={label}>
      <svg
        className={classes.picture}
        width={picture.width}
        height={picture.height}
        viewBox={`0 0 ${String(picture.width)} ${String(picture.height)}`}
        role="img"
        aria-label={label}
      >
        <defs>
          {(['plain', 'taken'] as const).map((look) => (
            <marker
              key={look}
              id={`${head}${look}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerUnits="userSpaceOnUse"
              markerWidth="9"
              markerHeight="9"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" className={look === 'taken' ? classes.headTaken : classes.head} />
            </marker>
          ))}
        </defs>
        {picture.arrows.map(({ from, to, points }) => {
          const isTaken = isStepTaken(standing, from, to);
          return (
            <path
              key={`${from} ${to}`}
              d={curveOf(points)}
              className={isTaken ? `${classes.arrow ?? ''} ${classes.taken ?? ''}` : classes.arrow}
              markerEnd={`url(#${head}${isTaken ? 'taken' : 'plain'})`}
            />
          );
        })}
        {picture.boxes.map(({ name, x, y, width, height, lines, notes }) => (
          <g key={name} className={shapeOf(name)} data-picture-stage={name}>
            <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={6} />
            {lines.map((line, index) => (
              <text key={line} x={x} y={y - height / 2 + 9 + (index + 0.75) * lineHeight}>
                {index === 0 && marked(standing, name)}
                {line}
              </text>
            ))}
            {notes.map((note, index) => (
              <text
                key={note}
                className={classes.note}
                x={x}
                y={y - height / 2 + 9 + lines.length * lineHeight + (index + 0.7) * noteHeight}
              >
                {note}
              </text>
            ))}
          </g>
        ))}
        {picture.arrows.map(({ from, to, x, y, lines }) =>
          lines.map((line, index) => (
            <text
              key={`${from} ${to} ${line}`}
              className={classes.word}
              x={x}
              y={y + (index + 0.7 - lines.length / 2) * noteHeight}
              data-taken={isStepTaken(standing, from, to) || undefined}
            >
              {line}
            </text>
          )),
        )}
      </svg>
    </div>
  );
}

const isPassed = (standing: Standing | undefined, name: string): boolean => standing?.path.includes(name) ?? false;

function isStepTaken(standing: Standing | undefined, from: string, to: string): boolean {
  const path = standing?.path ?? [];
  return path.some((stage, index) => index > 0 && stage === to && (path[index - 1] === from || from === anyOpen));
}

/** Also by a mark, for whoever does not see the colour. */
function marked(standing: Standing | undefined, name: string): string {
  if (name === standing?.stage) return '● ';
  return isPassed(standing, name) ? '✓ ' : '';
}

function sketchOf(lifecycle: Lifecycle, words: Words): Sketch {
  const steps = stepsOf(lifecycle);
  const stays = staysOf(lifecycle);
  const pairs = [...new Set(steps.map(({ from, to }) => `${from} ${to}`))];
  const hasAny = steps.some(({ from }) => from === anyOpen);
  const boxOf = (name: string, title: string): Sketch['boxes'][number] => ({
    ...{ name, lines: linesOf(title, 20) },
    notes: [...new Set(stays.get(name) ?? [])].map((action) => `↻ ${stepTitle({ action, when: null }, words)}`),
  });
  return {
    boxes: [
      ...lifecycle.stages.map(({ name }) => boxOf(name, stageTitle(lifecycle, name, words))),
      ...(hasAny ? [{ ...boxOf(anyOpen, words.say('lifecycle.anyOpen')), notes: [] }] : []),
    ],
    arrows: pairs.map((pair) => {
      const of = steps.filter(({ from, to }) => `${from} ${to}` === pair);
      const [from = '', to = ''] = pair.split(' ');
      return {
        from,
        to,
        isMain: of.some(({ isWork }) => isWork),
        lines: [...new Set(of.flatMap((step) => linesOf(stepTitle(step, words), 24)))],
      };
    }),
  };
}

/** A line that bends softly through the points. */
function curveOf(points: Picture['arrows'][number]['points']): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return '';
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    return `Q ${String(point.x)} ${String(point.y)} ${String((point.x + next.x) / 2)} ${String((point.y + next.y) / 2)}`;
  });
  return `M ${String(first.x)} ${String(first.y)} ${bends.join(' ')} L ${String(last.x)} ${String(last.y)}`;
}
