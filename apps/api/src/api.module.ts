import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AccountModule } from './account/account.module.js';
import { AdministrationModule } from './administration/administration.module.js';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BulkModule } from './bulk/bulk.module.js';
import { CalendarsModule } from './calendars/calendars.module.js';
import { DeadlinesModule } from './deadlines/deadlines.module.js';
import { DefinitionsModule } from './definitions/definitions.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { ActingForTaken } from './http/acting-for.js';
import { ShapePipe } from './http/shape-pipe.js';
import { StrayQuery } from './http/stray-query.js';
import { InstallationModule } from './installation.module.js';
import type { Installation } from './installation.js';
import { ImportsModule } from './imports/imports.module.js';
import { InspectionsModule } from './inspections/inspections.module.js';
import { IndicatorsModule } from './indicators/indicators.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OperatingModule } from './operating/operating.module.js';
import { PapersModule } from './papers/papers.module.js';
import { PeriodsModule } from './periods/periods.module.js';
import { ProceduresModule } from './procedures/procedures.module.js';
import { ParametersModule } from './parameters/parameters.module.js';
import { ProgrammesModule } from './programmes/programmes.module.js';
import { ProofsModule } from './proofs/proofs.module.js';
import { ReadingModule } from './reading/reading.module.js';
import { WaitingReads } from './reading/waiting-reads.js';
import { ReorganisationsModule } from './reorganisations/reorganisations.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { BoardsModule } from './steering/boards.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { RecordsAccess } from './trail/records-access.js';
import { TrailModule } from './trail/trail.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { WorklistModule } from './worklist/worklist.module.js';

/** One module for each folder, in the order in which the description names their calls. */
const rooms = [
  AuthModule,
  AccountModule,
  ProceduresModule,
  AttachmentsModule,
  ReadingModule,
  ReportsModule,
  AdministrationModule,
  WorklistModule,
  TasksModule,
  NotificationsModule,
  DefinitionsModule,
  CalendarsModule,
  DeadlinesModule,
  WebhooksModule,
  ProgrammesModule,
  InspectionsModule,
  OperatingModule,
  ImportsModule,
  IndicatorsModule,
  ParametersModule,
  BulkModule,
  ExportsModule,
  PapersModule,
  PeriodsModule,
  BoardsModule,
  ProofsModule,
  TrailModule,
  ReorganisationsModule,
];

@Module({
  imports: [CqrsModule.forRoot(), ...rooms],
  providers: [
    { provide: APP_GUARD, useClass: ActingForTaken },
    { provide: APP_PIPE, useClass: ShapePipe },
    { provide: APP_INTERCEPTOR, useClass: StrayQuery },
    { provide: APP_INTERCEPTOR, useClass: WaitingReads },
    { provide: APP_INTERCEPTOR, useClass: RecordsAccess },
  ],
})
export class ApiModule {
  /** The module over what was opened. (Default: nothing, which is enough to describe the API) */
  static over(installation?: Installation): DynamicModule {
    return { module: ApiModule, imports: [InstallationModule.over(installation)] };
  }
}
