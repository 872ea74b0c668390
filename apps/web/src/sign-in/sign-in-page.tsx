import { Alert, Button, Card, Group, PasswordInput, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode, SubmitEvent } from 'react';
import { api } from '../api/client';
import { sessions } from '../api/session';
import { typedIn } from '../form/typed';
import { LookSwitches } from '../frame/look-switches';
import { Page } from '../frame/page';
import { Refusal } from '../frame/refusal';
import { roleWords } from '../words/codes';
import { useWords } from '../words/words';
import classes from './sign-in-page.module.css';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

export function SignInPage(): ReactNode {
  const { say } = useWords();
  const { next, failed } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const signIn = useMutation({
    mutationFn: ({ username, password }: Credentials) => sessions.begin(username, password),
    onSuccess: () => navigate({ href: next ?? '/', replace: true }),
  });
  const ways = useQuery(api.queryOptions('get', '/api/v1/auth/ways'));
  const demo = useQuery({ ...api.queryOptions('get', '/api/v1/auth/demo'), enabled: ways.data?.demo === true });

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    signIn.mutate({ username: typedIn(event.currentTarget, 'username'), password: typedIn(event.currentTarget, 'password') });
  };

  return (
    <div className={classes.sheet}>
      <Page title={say('signIn.title')} aside={<LookSwitches />} busy={ways.isPending || demo.isLoading}>
        <form onSubmit={submit}>
          <Stack maw={420}>
            {failed !== undefined && (
              <Alert role="alert" color="red" variant="light">
                {say('signIn.failed')}
              </Alert>
            )}
            {signIn.isError && <Refusal error={signIn.error} />}
            <TextInput
              name="username"
              label={say('signIn.username')}
              autoComplete="username"
              autoCapitalize="none"
              required
              withAsterisk={false}
            />
            <PasswordInput
              name="password"
              label={say('signIn.password')}
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ 'aria-label': say('signIn.showPassword') }}
            />
            <Button type="submit" loading={signIn.isPending}>
              {say('signIn.submit')}
            </Button>
            {ways.data?.issuer === true && (
              <Button component="a" href="/api/v1/auth/oidc/start" variant="default">
                {say('signIn.issuer')}
              </Button>
            )}
          </Stack>
        </form>
        {demo.data && (
          <section aria-labelledby="demo-people">
            <Title order={2} size="h4" id="demo-people" mt="xl" mb="xs">
              {say('signIn.demo')}
            </Title>
            <Alert variant="light" mb="md">
              {say('signIn.demoWhat')}
            </Alert>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
              {demo.data.map(({ username, password, name, role, unit }) => (
                <Card
                  key={username}
                  component="button"
                  type="button"
                  withBorder
                  data-demo={username}
                  className={classes.person}
                  disabled={signIn.isPending}
                  onClick={() => signIn.mutate({ username, password })}
                >
                  <Text fw={600}>{name}</Text>
                  <Group gap="xs">
                    <Text size="sm">{say(roleWords[role])}</Text>
                  </Group>
                  <Text size="sm" c="dimmed">
                    {unit.name}
                  </Text>
                </Card>
              ))}
            </SimpleGrid>
          </section>
        )}
      </Page>
    </div>
  );
}
