import { AppShell, Burger, Button, Image, NavLink, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Suspense, lazy, useRef, useState } from 'react';
import type { ReactNode, RefObject, SubmitEvent } from 'react';
import { sessions, useSession } from '../api/session';
import { typedIn } from '../form/typed';
import { brand } from '../theme/brand';
import { useWords } from '../words/words';
import { useAccount, useActingFor } from './account';
import { ActingMark } from './acting-mark';
import { Bell } from './bell';
import { useChosenUnit } from './chosen-unit';
import classes from './frame.module.css';
import { PageLink } from './link';
import { LookSwitches } from './look-switches';
import { Lost } from './lost';
import { useOwnLooks } from './own-looks';
import { isOpenTo, places } from './places';
import type { Place } from './places';
import { useCommands } from './use-commands';
import { useKeys } from './use-keys';
import { Who } from './who';

/** Fetched when they are first opened. */
const Palette = lazy(() => import('./palette').then((one) => ({ default: one.Palette })));
const KeysSheet = lazy(() => import('./keys-sheet').then((one) => ({ default: one.KeysSheet })));

/** Around every page of a signed-in person: where they are, who they are, where they can go. */
export function Frame(): ReactNode {
  const { say } = useWords();
  const [opened, { toggle, close }] = useDisclosure(false);
  useOwnLooks();
  const [shown, show] = useState<'palette' | 'keys' | null>(null);
  const [wasShown, remember] = useState<readonly string[]>([]);
  const search = useRef<HTMLInputElement>(null);
  const actingFor = useActingFor();
  const commands = useCommands((what) => {
    if (what === 'search') search.current?.focus();
    else {
      show(what);
      remember((before) => [...before, what]);
    }
  });
  useKeys(commands);
  return (
    <AppShell header={{ height: 60 }} navbar={{ width: 210, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding="md">
      <AppShell.Header className={classes.header}>
        <a className={classes.skip} href="#main">
          {say('frame.skip')}
        </a>
        <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={say('frame.menu')} />
        <PageLink to="/" className={classes.brand ?? ''} underline="never" aria-label={brand.name}>
          <Image src={brand.emblem} alt="" w={28} h={28} />
          <Text fw={600} visibleFrom="md">
            {brand.name}
          </Text>
        </PageLink>
        <Search field={search} />
        <Bell />
        <Who commands={commands} />
        <Button
          variant="default"
          size="compact-sm"
          visibleFrom="sm"
          className={classes.out ?? ''}
          onClick={() => void sessions.end('here')}
        >
          {say('frame.signOut')}
        </Button>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className={classes.places} aria-label={say('frame.navigation')}>
        <Places close={close} />
        <div className={classes.foot}>
          <LookSwitches />
        </div>
      </AppShell.Navbar>
      <div className={classes.body}>
        <Lost />
        <ActingMark />
        {/* What was begun for one person is not ended for another. */}
        <Outlet key={actingFor} />
      </div>
      <Suspense>
        {wasShown.includes('palette') && <Palette commands={commands} opened={shown === 'palette'} close={() => show(null)} />}
        {wasShown.includes('keys') && <KeysSheet commands={commands} opened={shown === 'keys'} close={() => show(null)} />}
      </Suspense>
    </AppShell>
  );
}

/** Where one can go; what is administered stands apart, for those to whom it is of use. */
function Places({ close }: { readonly close: () => void }): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const administration = useAccount()?.administration ?? [];
  const isActing = useActingFor() !== null;
  if (session.state !== 'in') return null;
  const isAuditor = session.person.roles.includes('auditor');
  const open = places.filter((place) => isOpenTo(place, { isActing, isAuditor, administration }));
  const administered = open.filter(({ administers }) => administers !== undefined);
  return (
    <>
      {open
        .filter(({ administers }) => administers === undefined)
        .map((place) => (
          <PlaceLink key={place.to} place={place} close={close} />
        ))}
      {administered.length > 0 && (
        <div role="group" aria-labelledby="administration">
          <Text id="administration" size="xs" fw={600} c="dimmed" px="sm" mt="md" mb={4}>
            {say('frame.administration')}
          </Text>
          {administered.map((place) => (
            <PlaceLink key={place.to} place={place} close={close} />
          ))}
        </div>
      )}
    </>
  );
}

function PlaceLink({ place: { to, word, byUnit }, close }: { readonly place: Place; readonly close: () => void }): ReactNode {
  const { say } = useWords();
  const { unit } = useChosenUnit();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isHere = to === '/' ? path === '/' : path.startsWith(to);
  return (
    <NavLink
      renderRoot={(props) => <Link {...props} to={to} search={byUnit === true && unit !== undefined ? { unit } : {}} />}
      label={say(word)}
      active={isHere}
      onClick={close}
      aria-current={isHere ? 'page' : undefined}
    />
  );
}

/** Finds procedures from anywhere. */
function Search({ field }: { readonly field: RefObject<HTMLInputElement | null> }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const seek = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const q = typedIn(event.currentTarget, 'q').trim();
    void navigate({ to: '/procedures', search: q === '' ? {} : { q } });
  };
  return (
    <form role="search" onSubmit={seek} className={classes.search}>
      <TextInput
        ref={field}
        name="q"
        type="search"
        aria-label={say('frame.search')}
        aria-keyshortcuts="/"
        placeholder={say('frame.search')}
        maxLength={200}
      />
    </form>
  );
}
