import { Module } from '@nestjs/common';
import type { Abstract, DynamicModule, Provider } from '@nestjs/common';
import { EventStore } from '#event-store';
import { Files } from '#files';
import { Accesses, Administration, Directory, Issuer, OidcSignIn, ServiceAccounts, SignIn } from '#identity';
import { Inbox } from '#notifications';
import { ProcedureDesk } from '#procedures/commands';
import { Processors } from '#processors';
import { Calendars, Definitions } from '#workflow';
import { Installation } from './installation.js';
import { Views } from './reading/views.js';
import { Settings } from './settings.js';

/** A service that is made over what the process has opened. */
export const over = <Service>(provide: Abstract<Service>, make: (installation: Installation) => Service): Provider => ({
  provide,
  inject: [Installation],
  useFactory: make,
});

const shared: readonly Provider[] = [
  over(Settings, ({ settings }) => settings),
  over(EventStore, ({ store }) => store),
  over(Definitions, ({ definitions }) => definitions),
  over(Calendars, ({ calendars }) => calendars),
  over(Directory, ({ directory }) => directory),
  over(Inbox, ({ inbox }) => inbox),
  over(Processors, ({ processors }) => processors),
  over(Views, ({ views }) => views),
  over(Files, ({ files }) => files),
  over(ProcedureDesk, ({ desk }) => desk),
  over(Administration, ({ administration }) => administration),
  over(SignIn, ({ signIn }) => signIn),
  over(ServiceAccounts, ({ serviceAccounts }) => serviceAccounts),
  over(Accesses, ({ accesses }) => accesses),
  over<Issuer | null>(Issuer, ({ issuer }) => issuer),
  over<OidcSignIn | null>(OidcSignIn, ({ oidcSignIn }) => oidcSignIn),
];

/** What the process has opened, for every room. */
@Module({})
export class InstallationModule {
  /** (Default: none, which is enough to describe the API) */
  static over(installation?: Installation): DynamicModule {
    const providers = [{ provide: Installation, useValue: installation }, ...shared];
    return { module: InstallationModule, global: true, providers, exports: providers };
  }
}
