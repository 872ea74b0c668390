import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api, client } from '../api/client';
import type { components } from '../api/schema';
import { CommandForm } from '../form/command-form';
import { TextField } from '../form/text-field';
import { Dialog } from '../frame/dialog';
import { Refusal } from '../frame/refusal';
import { useWords } from '../words/words';
import { addressOf, readAddress } from './register-search';
import type { RegisterSearch } from './register-search';

type View = components['schemas']['SavedViewAnswer'];
const page = 'procedures';
const viewsQuery = () => api.queryOptions('get', '/api/v1/saved-views', { params: { query: { page } } });

interface Props {
  readonly search: RegisterSearch;
  readonly apply: (search: RegisterSearch) => void;
}

/** Ways of looking at the register that the person comes back to, wherever they sign in. */
export function SavedViews({ search, apply }: Props): ReactNode {
  const { say } = useWords();
  const cache = useQueryClient();
  const views = useQuery(viewsQuery()).data?.items ?? [];
  const [applied, setApplied] = useState<string | null>(null);
  const [asked, ask] = useState<'save' | 'rename' | 'delete' | null>(null);
  const address = addressOf(search);
  const current = views.find((view) => addressOf(readAddress(view.search)) === address) ?? null;
  // Once something was changed, it is still the view that was begun from.
  const begun = current ?? views.find(({ id }) => id === applied) ?? null;
  const acting = useMutation({
    mutationFn: async (act: () => Promise<unknown>) => {
      await act();
      await cache.invalidateQueries({ queryKey: viewsQuery().queryKey });
      ask(null);
    },
  });
  const put = (id: string, name: string, kept: string) => async (): Promise<void> => {
    await client.PUT('/api/v1/saved-views/{id}', { params: { path: { id } }, body: { page, name, search: kept } });
    setApplied(id);
  };
  const named = ({ name }: Readonly<Record<string, unknown>>): Promise<void> =>
    acting.mutateAsync(
      asked === 'rename' && begun ? put(begun.id, String(name), begun.search) : put(crypto.randomUUID(), String(name), address),
    );
  const close = (): void => {
    acting.reset();
    ask(null);
  };

  return (
    <>
      {views.length > 0 && (
        <NativeSelect
          label={say('views.title')}
          value={begun?.id ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const chosen = views.find(({ id }) => id === value);
            setApplied(chosen?.id ?? null);
            apply(chosen ? readAddress(chosen.search) : {});
          }}
          data={[{ value: '', label: say('views.none') }, ...views.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      {begun && begun !== current && (
        <Button variant="default" loading={acting.isPending} onClick={() => acting.mutate(put(begun.id, begun.name, address))}>
          {say('views.update', { name: begun.name })}
        </Button>
      )}
      {!current && address !== '' && (
        <Button variant="default" data-action="save-view" aria-haspopup="dialog" onClick={() => ask('save')}>
          {say('views.save')}
        </Button>
      )}
      {begun && (
        <>
          <Button variant="subtle" data-action="rename-view" aria-haspopup="dialog" onClick={() => ask('rename')}>
            {say('views.rename')}
          </Button>
          <Button variant="subtle" data-action="delete-view" aria-haspopup="dialog" onClick={() => ask('delete')}>
            {say('views.delete')}
          </Button>
        </>
      )}
      {acting.isError && asked === null && <Refusal error={acting.error} />}
      <Dialog title={say(asked === 'rename' ? 'views.rename' : 'views.save')} opened={asked === 'save' || asked === 'rename'} close={close}>
        <CommandForm label={say('views.save')} submit={say(asked === 'rename' ? 'views.rename' : 'views.save')} send={named} cancel={close}>
          <TextField
            name="name"
            label={say('views.name')}
            help={say('views.what')}
            {...(asked === 'rename' && begun && { defaultValue: begun.name })}
          />
        </CommandForm>
      </Dialog>
      <Dialog title={say('views.delete')} opened={asked === 'delete' && begun !== null} close={close}>
        {begun && <Deleting view={begun} acting={acting} done={() => setApplied(null)} cancel={close} />}
      </Dialog>
    </>
  );
}

interface DeletingProps {
  readonly view: View;
  readonly acting: { readonly mutate: (act: () => Promise<unknown>) => void; readonly isPending: boolean; readonly error: Error | null };
  readonly done: () => void;
  readonly cancel: () => void;
}

function Deleting({ view, acting, done, cancel }: DeletingProps): ReactNode {
  const { say } = useWords();
  return (
    <>
      {acting.error && <Refusal error={acting.error} />}
      <Text>{say('views.deleteWhat', { name: view.name })}</Text>
      <Group mt="md">
        <Button
          color="red"
          loading={acting.isPending}
          onClick={() =>
            acting.mutate(async () => {
              await client.DELETE('/api/v1/saved-views/{id}', { params: { path: { id: view.id } } });
              done();
            })
          }
        >
          {say('views.delete')}
        </Button>
        <Button variant="default" onClick={cancel}>
          {say('form.cancel')}
        </Button>
      </Group>
    </>
  );
}
