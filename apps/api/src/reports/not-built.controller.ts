import { Controller, Get, HttpCode } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';

/** Reports that are designed and not built yet. */
@ApiTags('reading')
@ApiBearerAuth()
@Controller('api/v1/reports')
export class NotBuiltController {
  @Get(['savings'])
  @Needs('read')
  @HttpCode(501)
  reports(): never {
    throw new Problem('not-built');
  }
}
