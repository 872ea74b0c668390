import { openDatabase } from '#platform';
import fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { registration } from './samples.js';

// What is left of a registration without rules, people and views: one route, one INSERT, one commit, into the embedded database.
const database = await openDatabase({ dataDir: process.argv[2] ?? '' });
await database.pool.query(
  `CREATE TABLE events (stream text, revision int, id uuid NOT NULL, type text NOT NULL, schema_version int NOT NULL,
     recorded_at timestamptz NOT NULL DEFAULT now(), data json NOT NULL, metadata json NOT NULL, PRIMARY KEY (stream, revision))`,
);
const app = fastify();
let count = 0;
app.post('/', async () => {
  const { id, type, schemaVersion, data, metadata } = registration(count++);
  await database.pool.query(
    'INSERT INTO events (stream, revision, id, type, schema_version, data, metadata) VALUES ($1, 0, $2, $3, $4, $5, $6)',
    [`procedure-${id}`, id, type, schemaVersion, JSON.stringify(data), JSON.stringify(metadata)],
  );
  return { id };
});
await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.(`http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`);
