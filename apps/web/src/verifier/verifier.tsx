import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Malformed } from '#audit/verifier';
import type { Policy } from '#audit/verifier';
import type { Language } from '../words/words';
import { VerdictShown } from './verdict-shown';
import { sayIn } from './verifier-words';
import type { SayOfVerifier } from './verifier-words';
import classes from './verifier.module.css';
import { ownKeyOf, trusted, verifyFile } from './verify-file';
import type { Outcome } from './verify-file';
import { Unreadable } from './zip';

type Stage =
  | { readonly is: 'asking'; readonly wrong?: string }
  | { readonly is: 'running'; readonly part: number }
  | { readonly is: 'done'; readonly outcome: Outcome; readonly byOwnKey: boolean };

interface Key {
  readonly text: string;
  /** It was taken from what it is to verify. */
  readonly isOwn: boolean;
}

/** Longer than any policy. */
const longestKey = 600_000;
const noKey: Key = { text: '', isOwn: false };

/** Verifies a bundle or a proof, in this browser alone: here in the pages, and in the page that is in each bundle. */
export function Verifier({ language }: { readonly language: Language }): ReactNode {
  const say = sayIn(language);
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [offered, setOffered] = useState<string | null>(null);
  const [key, setKey] = useState<Key>(noKey);
  const [stage, setStage] = useState<Stage>({ is: 'asking' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const choose = (chosen: File | undefined): void => {
    if (!chosen) return;
    running.current?.abort();
    setFile(chosen);
    setOffered(null);
    setStage({ is: 'asking' });
    // What came along with another file says nothing about this one.
    if (key.isOwn) setKey(noKey);
    void ownKeyOf(chosen).then(setOffered);
  };
  const start = async (): Promise<void> => {
    if (file === null) {
      setStage({ is: 'asking', wrong: say('noFile') });
      return;
    }
    const policy = policyIn(key.text, say);
    if (typeof policy === 'string') {
      setStage({ is: 'asking', wrong: policy });
      return;
    }
    const gone = new AbortController();
    running.current = gone;
    setStage({ is: 'running', part: 0 });
    const progress = (part: number): void => {
      if (!gone.signal.aborted) setStage({ is: 'running', part });
    };
    try {
      const outcome = await verifyFile(file, policy, { progress, signal: gone.signal });
      if (!gone.signal.aborted) setStage({ is: 'done', outcome, byOwnKey: key.isOwn });
    } catch (error) {
      if (gone.signal.aborted) return;
      setStage({ is: 'asking', wrong: say(error instanceof Unreadable ? error.reason : 'notWhole') });
    }
  };
  const stop = (): void => {
    running.current?.abort();
    setStage({ is: 'asking' });
  };
  return (
    <div className={classes.verifier}>
      <p>{say('intro')}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <div
          className={classes.drop}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            choose(event.dataTransfer.files[0]);
          }}
        >
          <label htmlFor={`${id}file`}>{say('file')}</label>
          <input
            id={`${id}file`}
            type="file"
            accept=".zip,.tlog-proof,.txt"
            aria-describedby={`${id}drop`}
            // A file that was changed meanwhile can be chosen again.
            onClick={({ currentTarget }) => (currentTarget.value = '')}
            onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
          />
          <p id={`${id}drop`}>{file === null ? say('drop') : file.name}</p>
        </div>
        <label htmlFor={`${id}key`}>{say('key')}</label>
        <textarea
          id={`${id}key`}
          name="key"
          rows={3}
          spellCheck={false}
          autoComplete="off"
          value={key.text}
          aria-describedby={`${id}help`}
          onChange={({ currentTarget }) => setKey({ text: currentTarget.value, isOwn: false })}
        />
        <p id={`${id}help`}>{say('keyHelp')}</p>
        <div className={classes.acts}>
          <label>
            {say('keyFile')}{' '}
            <input
              type="file"
              onChange={({ currentTarget: { files } }) => {
                const [chosen] = files ?? [];
                if (chosen && chosen.size <= longestKey) void chosen.text().then((text) => setKey({ text, isOwn: false }));
              }}
            />
          </label>
          {offered !== null && (
            <button type="button" data-action="own-key" onClick={() => setKey({ text: offered, isOwn: true })}>
              {say('ownKey')}
            </button>
          )}
        </div>
        {key.isOwn && <p className={classes.warning}>{say('ownKeyWarns')}</p>}
        <div role="alert">{stage.is === 'asking' && stage.wrong !== undefined && <p className={classes.wrong}>{stage.wrong}</p>}</div>
        <div className={classes.acts}>
          <button type="submit" data-action="verify-file" disabled={stage.is === 'running'}>
            {say('verify')}
          </button>
          {stage.is === 'running' && (
            <button type="button" onClick={stop}>
              {say('cancel')}
            </button>
          )}
        </div>
      </form>
      {stage.is === 'running' && <progress className={classes.progress} aria-label={say('running')} max={1} value={stage.part} />}
      <div role="status">{stage.is === 'done' && <VerdictShown {...stage} language={language} />}</div>
    </div>
  );
}

/** Whom to believe, or what is wrong with how that was said. */
function policyIn(text: string, say: SayOfVerifier): Policy | string {
  if (text.trim() === '') return say('noKey');
  try {
    return trusted(text);
  } catch (error) {
    if (error instanceof Malformed) return say('badKey', { what: error.message });
    throw error;
  }
}
