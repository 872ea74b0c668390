import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module.js';
import { describeApi } from './openapi.js';

// Writes docs/openapi.json: the description that a server of this build serves. Nothing is opened for it.
const file = join(process.cwd(), 'docs', 'openapi.json');
const app = await NestFactory.create<NestFastifyApplication>(ApiModule.over(), new FastifyAdapter(), { logger: false, preview: true });
await writeFile(file, `${JSON.stringify(describeApi(app), null, 2)}\n`);
