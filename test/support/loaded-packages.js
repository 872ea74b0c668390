// Says at the end of a process which packages of CommonJS it has loaded; Nest, Fastify and pg are such.
import { createRequire } from 'node:module';

process.on('exit', () => {
  const loaded = Object.keys(createRequire(import.meta.url).cache).flatMap(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  process.stderr.write(`packages: ${[...new Set(loaded)].join(' ')}\n`);
});
