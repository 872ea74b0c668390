#!/usr/bin/env node
// Builds dist when it is missing or older than the sources, then runs the command line in this same process,
// so that signals reach whoever serves. Plain JavaScript, because it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const lock = join(dist, '.building');
const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
const pack = join(dist, 'libs', 'platform', 'src', 'pack-empty-database.js');
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const webConfigs = ['vite.config.ts', 'verifier.config.ts'].map((name) => join(root, 'apps', 'web', name));
const entry = join(dist, 'apps', 'cli', 'src', 'main.js');
const buildOnly = process.argv[2] === '--build-only';

try {
  await ensureBuilt();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
if (!buildOnly) {
  const { main } = await import(pathToFileURL(entry).href);
  await main(process.argv);
}

async function ensureBuilt() {
  if (!supported(process.versions.node)) throw new Error(`Tinh Gọn needs Node 20.19 or newer; this is ${process.versions.node}.`);
  // An image that holds only the built files runs them as they are.
  if (!existsSync(join(root, 'tsconfig.json')) && existsSync(entry)) return;
  if (builtAt() >= newestSource()) return;
  if (!existsSync(nest)) throw new Error('The dependencies are not installed: run `npm ci` first.');
  mkdirSync(dist, { recursive: true });
  await whileLocked(() => {
    // Another launcher may have built it while this one waited.
    const newest = newestSource();
    if (builtAt() < newest) build(newest);
  });
}

function supported(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** The stamp holds the newest source time seen before the build, so that an edit during the build is not missed. */
function builtAt() {
  try {
    return existsSync(entry) ? Number(readFileSync(stamp, 'utf8')) || 0 : 0;
  } catch {
    return 0;
  }
}

function newestSource() {
  let newest = 0;
  const see = (path) => {
    if (existsSync(path)) newest = Math.max(newest, statSync(path).mtimeMs);
  };
  const walk = (folder) => {
    for (const found of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, found.name);
      if (found.isDirectory() && found.name !== 'node_modules') walk(path);
      else if (/\.(ts|tsx|css|html|json|sql|txt)$/.test(found.name)) see(path);
    }
  };
  for (const folder of ['apps', 'libs', 'test']) if (existsSync(join(root, folder))) walk(join(root, folder));
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'nest-cli.json']) see(join(root, file));
  return newest;
}

function build(newest) {
  if (process.stderr.isTTY) process.stderr.write('Building…\n');
  // Without its memory of the last build the compiler writes every file again, so a half-deleted dist is made whole.
  if (!existsSync(entry)) rmSync(join(dist, '.tsbuildinfo'), { force: true });
  const pages = webConfigs.map((config) => [vite, 'build', '--config', config, '--logLevel', 'error']);
  for (const step of [[nest, 'build'], [pack], ...pages]) {
    // The pages would be built for their developers where whoever starts it, such as a test, is not in production.
    const made = spawnSync(process.execPath, step, { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
    if (made.status !== 0) throw new Error(`The build failed.\n${made.stdout ?? ''}${made.stderr ?? ''}`);
  }
  writeFileSync(stamp, String(newest));
}

async function whileLocked(work) {
  const deadline = Date.now() + 300_000;
  for (let held = takeLock(); !held; held = takeLock()) {
    if (Date.now() > deadline) throw new Error(`Another build has held ${lock} for five minutes: delete that file if none is running.`);
    dropAbandonedLock();
    await new Promise((wake) => setTimeout(wake, 150));
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock() {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function dropAbandonedLock() {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    const ageMs = Date.now() - statSync(lock).mtimeMs;
    if (owner ? !alive(owner) : ageMs > 10_000) rmSync(lock, { force: true });
  } catch {
    // It was given up in this moment.
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
