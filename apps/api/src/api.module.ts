import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { EventStore } from '#event-store';
import { Files } from '#files';
import { Administration, Callers, Directory, Issuer, OidcSignIn, ServiceAccounts, SignIn } from '#identity';
import { DelegationsController } from './administration/delegations.controller.js';
import { PeopleController } from './administration/people.controller.js';
import { UnitsController } from './administration/units.controller.js';
import { Processors } from '#processors';
import { DefinitionDesk } from './definitions/definition-desk.js';
import { DefinitionsController } from './definitions/definitions.controller.js';
import { MigrationsController } from './definitions/migrations.controller.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { CommentsController } from './attachments/comments.controller.js';
import { AuthController } from './auth/auth.controller.js';
import { OidcController } from './auth/oidc.controller.js';
import { SecurityEventsController } from './auth/security-events.controller.js';
import { ServiceAccountsController } from './auth/service-accounts.controller.js';
import { Calendars, Definitions } from '#workflow';
import { CalendarsController } from './calendars/calendars.controller.js';
import { DeadlinesController } from './deadlines/deadlines.controller.js';
import { ShapePipe } from './http/shape-pipe.js';
import { ActingForTaken } from './http/acting-for.js';
import { StrayQuery } from './http/stray-query.js';
import { Inbox, MailPreferences, WebhookDeliveries, WebhookHosts, Webhooks } from '#notifications';
import { MailController } from './notifications/mail.controller.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { HealthController } from './operating/health.controller.js';
import { Metrics } from './operating/metrics.js';
import { ProcessorsController } from './operating/processors.controller.js';
import { StreamController } from './operating/stream.controller.js';
import { ClaimDesk, InquiryDesk } from '#worklist';
import { CommentDesk, procedureCommandHandlers, ProcedureDesk, ProcedureMigration } from '#procedures/commands';
import { ProcedureActionsController } from './procedures/procedure-actions.controller.js';
import { ProceduresController } from './procedures/procedures.controller.js';
import { ReadingController } from './reading/reading.controller.js';
import { Pasts } from './reading/pasts.js';
import { Reading } from './reading/reading.js';
import { Views } from './reading/views.js';
import { ReportsController } from './reports/reports.controller.js';
import { OnTime } from '#reporting';
import { WaitingReads } from './reading/waiting-reads.js';
import { Settings } from './settings.js';
import { TasksController } from './tasks/tasks.controller.js';
import { ClaimsController, WorklistController } from './worklist/worklist.controller.js';
import { Worklist } from './worklist/worklist.js';
import { WebhookDeliveriesController } from './webhooks/webhook-deliveries.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** What an installation has opened, for the controllers. */
export interface Services {
  readonly store: EventStore;
  readonly directory: Directory;
  readonly administration: Administration;
  readonly signIn: SignIn;
  readonly serviceAccounts: ServiceAccounts;
  /** Null where no issuer is believed. */
  readonly issuer: Issuer | null;
  /** Null where no browser signs in there. */
  readonly oidcSignIn: OidcSignIn | null;
  /** Asked by the gate, before any controller. */
  readonly callers: Callers;
  readonly processors: Processors;
  readonly desk: ProcedureDesk;
  readonly inquiries: InquiryDesk;
  readonly claims: ClaimDesk;
  readonly worklist: Worklist;
  readonly inbox: Inbox;
  readonly mailPreferences: MailPreferences;
  readonly files: Files;
  readonly comments: CommentDesk;
  readonly definitions: DefinitionDesk;
  readonly migration: ProcedureMigration;
  readonly views: Views;
  readonly pasts: Pasts;
  readonly reading: Reading;
  readonly onTime: OnTime;
  readonly lifecycles: Definitions;
  readonly calendars: Calendars;
  readonly metrics: Metrics;
  readonly settings: Settings;
  readonly webhooks: Webhooks;
  readonly webhookHosts: WebhookHosts;
  readonly webhookDeliveries: WebhookDeliveries;
}

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [
    AuthController,
    OidcController,
    SecurityEventsController,
    ServiceAccountsController,
    ProceduresController,
    ProcedureActionsController,
    AttachmentsController,
    CommentsController,
    ReadingController,
    ReportsController,
    UnitsController,
    PeopleController,
    DelegationsController,
    WorklistController,
    ClaimsController,
    TasksController,
    NotificationsController,
    MailController,
    DefinitionsController,
    MigrationsController,
    CalendarsController,
    DeadlinesController,
    WebhooksController,
    WebhookDeliveriesController,
    ProcessorsController,
    StreamController,
    HealthController,
  ],
  providers: [
    ...procedureCommandHandlers,
    { provide: APP_GUARD, useClass: ActingForTaken },
    { provide: APP_PIPE, useClass: ShapePipe },
    { provide: APP_INTERCEPTOR, useClass: StrayQuery },
    { provide: APP_INTERCEPTOR, useClass: WaitingReads },
  ],
})
export class ApiModule {
  /** The module over these services. (Default: none, which is enough to describe the API) */
  static over(services?: Services): DynamicModule {
    return {
      module: ApiModule,
      providers: [
        { provide: EventStore, useValue: services?.store },
        { provide: Directory, useValue: services?.directory },
        { provide: Administration, useValue: services?.administration },
        { provide: SignIn, useValue: services?.signIn },
        { provide: Issuer, useValue: services?.issuer },
        { provide: OidcSignIn, useValue: services?.oidcSignIn },
        { provide: ServiceAccounts, useValue: services?.serviceAccounts },
        { provide: Processors, useValue: services?.processors },
        { provide: ProcedureDesk, useValue: services?.desk },
        { provide: InquiryDesk, useValue: services?.inquiries },
        { provide: ClaimDesk, useValue: services?.claims },
        { provide: Worklist, useValue: services?.worklist },
        { provide: MailPreferences, useValue: services?.mailPreferences },
        { provide: Inbox, useValue: services?.inbox },
        { provide: Files, useValue: services?.files },
        { provide: CommentDesk, useValue: services?.comments },
        { provide: DefinitionDesk, useValue: services?.definitions },
        { provide: ProcedureMigration, useValue: services?.migration },
        { provide: Views, useValue: services?.views },
        { provide: Pasts, useValue: services?.pasts },
        { provide: Reading, useValue: services?.reading },
        { provide: OnTime, useValue: services?.onTime },
        { provide: Definitions, useValue: services?.lifecycles },
        { provide: Calendars, useValue: services?.calendars },
        { provide: Metrics, useValue: services?.metrics },
        { provide: Settings, useValue: services?.settings },
        { provide: Webhooks, useValue: services?.webhooks },
        { provide: WebhookHosts, useValue: services?.webhookHosts },
        { provide: WebhookDeliveries, useValue: services?.webhookDeliveries },
      ],
    };
  }
}
