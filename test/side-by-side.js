// Runs scripts of package.json side by side, as many at a time as there are processors: `node test/side-by-side.js <script>…`.
// What a script prints is shown once it has ended, in one piece, and nothing of one that says nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

const waiting = process.argv.slice(2);

async function run(script) {
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  process.stdout.write(said);
  if (code === 0) return;
  process.stderr.write(`npm run ${script} failed.\n`);
  process.exitCode = 1;
}

async function lane() {
  for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) await run(script);
}

await Promise.all(Array.from({ length: availableParallelism() }, lane));
