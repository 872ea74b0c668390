import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validate, ValidationSeverity } from 'dockerfile-utils';
import { parse } from 'yaml';
import { mostFileBytes } from '#files';
import type { Database } from '#platform';
import type { Processors } from '#processors';
import { Metrics } from '../apps/api/src/operating/metrics.js';

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, object>>;
  readonly networks: Readonly<Record<string, { readonly ipam?: { readonly config: readonly { readonly subnet: string }[] } }>>;
}

const text = (path: string): string => readFileSync(resolve('docker', path), 'utf8');
const compose = parse(text('compose.yml'), { merge: true }) as Compose;
const services = Object.values(compose.services);
const ours = services.filter(({ image }) => image?.startsWith('tinhgon:'));

async function exportedMetrics(): Promise<ReadonlySet<string>> {
  const processors: Pick<Processors, 'status' | 'owner'> = { owner: 'one', status: () => Promise.resolve([]) };
  const told = await new Metrics(processors as Processors, {} as Database).text();
  const names = [...told.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
  return new Set(names);
}

describe('The configuration for containers', () => {
  it('has a Dockerfile without a fault or a deprecated form, and one that a fault is found in', () => {
    const { WARNING } = ValidationSeverity;
    const settings = {
      deprecatedMaintainer: WARNING,
      directiveCasing: WARNING,
      instructionCasing: WARNING,
      emptyContinuationLine: WARNING,
    };
    const faults = (dockerfile: string): readonly object[] => validate(dockerfile, settings);
    expect(faults(text('Dockerfile'))).toEqual([]);
    expect(faults(text('Dockerfile').replace('EXPOSE 3000', 'EXPOSE none'))).toHaveLength(1);
  });

  it.each(['alerts.yml', 'grafana/dashboards/tinhgon.json'])('asks in %s for metrics that the product exports', async (path) => {
    const asked = new Set(text(path).match(/\b(?:tinhgon|process|nodejs)_[a-z0-9_]+\b/g));
    const exported = await exportedMetrics();
    expect(asked.size).toBeGreaterThan(4);
    expect([...asked].filter((name) => !exported.has(name))).toEqual([]);
  });

  it('gives the product no variable that it does not read', () => {
    const read = readFileSync('libs/platform/src/config.ts', 'utf8');
    const given = new Set(ours.flatMap(({ environment }) => Object.keys(environment ?? {})));
    expect(given).toContain('EVENT_STORE');
    expect([...given].filter((name) => !read.includes(`'${name}'`))).toEqual([]);
  });

  it('has two API processes without processors, and workers with them', () => {
    expect(ours.map(({ environment }) => environment?.['PROCESSORS'])).toEqual(['0', '0', undefined, undefined]);
  });

  it('gives the role that owns the log to what migrates alone', () => {
    const userOf = (url: string | undefined): string | undefined => url && new URL(url.replace(/\$\{[^}]*\}/, 'x')).username;
    const roles = ours.map(({ command, environment }) => [
      command?.[0] ?? 'serve',
      userOf(environment?.['DATABASE_URL']),
      userOf(environment?.['MIGRATION_DATABASE_URL']),
    ]);
    expect(roles).toHaveLength(4);
    for (const [command, role, owner] of roles)
      expect([command, role, owner]).toEqual([command, 'tinhgon_app', command === 'migrate' ? 'tinhgon' : undefined]);
    expect(roles.map(([command]) => command)).toContain('migrate');
  });

  it('mounts files that exist, and volumes that it names', () => {
    const mounts = services.flatMap(({ volumes }) => volumes ?? []).map((mount) => mount.split(':')[0] ?? '');
    expect(mounts.length).toBeGreaterThan(10);
    expect(mounts.filter((from) => (from.startsWith('.') ? !existsSync(resolve('docker', from)) : !(from in compose.volumes)))).toEqual([]);
  });

  it('has the proxy say where a request comes from, and take what the API takes', () => {
    const nginx = text('nginx.conf');
    expect(nginx).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    const { ipam } = compose.networks['inside'] ?? {};
    expect(ours.map(({ environment }) => environment?.['TRUSTED_PROXIES'])).toEqual(ours.map(() => ipam?.config[0]?.subnet));
    const files = /location ~ (\S+) \{\s+client_max_body_size (\d+)m;/.exec(nginx);
    expect(new RegExp(files?.[1] ?? 'none').test('/api/v1/procedures/a/attachments')).toBe(true);
    expect(Number(files?.[2]) * 2 ** 20).toBeGreaterThan(mostFileBytes);
  });
});
