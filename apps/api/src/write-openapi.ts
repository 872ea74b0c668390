import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module.js';
import { registerExportSchema } from './exports/register-schema.js';
import { describeApi } from './openapi.js';

// Writes docs/openapi.json, the description that a server of this build serves, and what follows from it. Nothing is opened for it.
const app = await NestFactory.create<NestFastifyApplication>(ApiModule.over(), new FastifyAdapter(), { logger: false, preview: true });
const description = describeApi(app);
const written = { 'openapi.json': description, 'register-export.schema.json': registerExportSchema(description) };
for (const [file, content] of Object.entries(written))
  await writeFile(join(process.cwd(), 'docs', file), `${JSON.stringify(content, null, 2)}\n`);
