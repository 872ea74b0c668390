import { Module } from '@nestjs/common';
import { DelegationsController } from './delegations.controller.js';
import { PeopleController } from './people.controller.js';
import { UnitsController } from './units.controller.js';

@Module({ controllers: [UnitsController, PeopleController, DelegationsController] })
export class AdministrationModule {}
