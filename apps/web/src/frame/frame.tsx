import { AppShell, Burger, Button, Group, Image, NavLink, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import type { ReactNode, SubmitEvent } from 'react';
import { sessions, useSession } from '../api/session';
import { typedIn } from '../form/typed';
import { brand } from '../theme/brand';
import { roleWords } from '../words/codes';
import { useWords } from '../words/words';
import { Bell } from './bell';
import classes from './frame.module.css';
import { PageLink } from './link';
import { LookSwitches } from './look-switches';
import { Lost } from './lost';
import { useOwnLooks } from './own-looks';
import { places } from './places';
import { useUnits } from './units';

/** Around every page of a signed-in person: where they are, who they are, where they can go. */
export function Frame(): ReactNode {
  const { say } = useWords();
  const [opened, { toggle, close }] = useDisclosure(false);
  useOwnLooks();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <AppShell header={{ height: 60 }} navbar={{ width: 210, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding="md">
      <AppShell.Header className={classes.header}>
        <a className={classes.skip} href="#main">
          {say('frame.skip')}
        </a>
        <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={say('frame.menu')} />
        <PageLink to="/" className={classes.brand ?? ''} underline="never" aria-label={brand.name}>
          <Image src={brand.emblem} alt="" w={28} h={28} />
          <Text fw={600} visibleFrom="xs">
            {brand.name}
          </Text>
        </PageLink>
        <Search />
        <Bell />
        <Who />
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={say('frame.navigation')}>
        {places.map(({ to, word }) => {
          const isHere = to === '/' ? path === '/' : path.startsWith(to);
          return (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={say(word)}
              active={isHere}
              onClick={close}
              aria-current={isHere ? 'page' : undefined}
            />
          );
        })}
        <div className={classes.foot}>
          <LookSwitches />
        </div>
      </AppShell.Navbar>
      <div className={classes.body}>
        <Lost />
        <Outlet />
      </div>
    </AppShell>
  );
}

/** Finds procedures from anywhere. */
function Search(): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const seek = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const q = typedIn(event.currentTarget, 'q').trim();
    void navigate({ to: '/procedures', search: q === '' ? {} : { q } });
  };
  return (
    <form role="search" onSubmit={seek} className={classes.search}>
      <TextInput name="q" type="search" aria-label={say('frame.search')} placeholder={say('frame.search')} maxLength={200} />
    </form>
  );
}

function Who(): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const units = useUnits();
  if (session.state !== 'in') return null;
  const { name, roles, unit } = session.person;
  return (
    <Group gap="xs" wrap="nowrap" className={classes.who}>
      <div className={classes.person}>
        <Text size="sm" fw={600} truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {roles.map((role) => say(roleWords[role])).join(', ')} · {units.nameOf(unit)}
        </Text>
      </div>
      <Button variant="default" size="compact-sm" onClick={() => void sessions.end('here')}>
        {say('frame.signOut')}
      </Button>
    </Group>
  );
}
