import { createRequire } from 'node:module';
import { env } from 'node:process';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { messageOf, readConfig } from '#platform';
import type { SheetFormat } from '#sheets';
import type { Classification } from '#workflow';
import { ApiClient } from './client.js';
import { DefinitionCommands } from './definitions.js';
import type { MigrationOptions } from './definitions.js';
import { showHistory } from './history.js';
import { Interrupted, interruptible } from './interruption.js';
import { load } from './load.js';
import type { LogCopy } from './log-copy.js';
import { People } from './people.js';
import type { SheetKind } from './import-sheet.js';
import { rebuildView } from './rebuild.js';
import { complain } from './terminal.js';
import type { CosignOptions } from './witness/cosign-file.js';
import type { WitnessOptions } from './witness/serve-witness.js';
import type { VerifyOptions } from './verify.js';

interface ServerOptions {
  readonly url: string;
  readonly token?: string;
  readonly user?: string;
  readonly people?: string;
}

interface SheetOptions {
  readonly kind?: SheetKind;
  readonly run?: boolean;
  readonly partial?: boolean;
  readonly as?: SheetFormat;
  readonly out: string;
}

/** As shells say of a process that Ctrl-C ended. */
const interrupted = 130;

/** Runs one command. The exit code is 0 only when all of it was done, 130 when it was interrupted; else a sentence stands on standard error. */
export async function main(argv: readonly string[]): Promise<void> {
  // What is written from here on is this user's alone, whatever the shell says: a data folder holds names, password hashes and keys.
  process.umask(0o077);
  try {
    await program().parseAsync([...argv]);
  } catch (error) {
    // Help that was asked for is no failure, and what commander refuses it has already said.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1;
    else {
      complain(messageOf(error));
      process.exitCode = error instanceof Interrupted ? interrupted : 1;
    }
  }
}

function program(): Command {
  const tinhgon = new Command('tinhgon')
    .description('Tinh Gọn: the register of procedures and its way to simplification.')
    .version(version())
    .exitOverride();
  tinhgon
    .command('serve')
    .description('serve the API and keep its views (HOST, PORT, DATA_DIR, DATABASE_URL, EVENT_STORE, STREAM_PREFIX, PROCESSORS, DEMO)')
    .option('--demo', 'with sample people and units, unless DEMO says otherwise')
    .action(async ({ demo }: { demo?: true }) => {
      // What is wrong with it is said before the product is loaded.
      const config = readConfig({ ...env, DEMO: env['DEMO'] ?? (demo ? '1' : '0') });
      const { serve } = await import('../../api/src/main.js');
      await serve(config);
    });
  tinhgon
    .command('work')
    .description('run a share of the processors, beside other processes (DATABASE_URL, EVENT_STORE, STREAM_PREFIX, HOST, PORT)')
    .action(async () => {
      const config = readConfig(env);
      const { work } = await import('../../worker/src/main.js');
      await work(config);
    });
  tinhgon
    .command('migrate')
    .description('make the tables, or bring them up to date, and let the role of DATABASE_URL use them (MIGRATION_DATABASE_URL)')
    .action(async () => {
      const { migrate } = await import('./migrate.js');
      await migrate(readConfig(env));
    });
  onServer(tinhgon.command('import <scenario>'))
    .description(
      'play a scenario: a file (.json, or its figures as .csv or .xlsx), or navy-2022-2025; or with --kind check a sheet, and enter it; may be repeated',
    )
    .addOption(new Option('--kind <kind>', 'what a sheet holds').choices(['procedures', 'options', 'units', 'people', 'indicators']))
    .option('--run', 'enter the rows of the sheet, not only check them')
    .option('--partial', 'pass over rows of the sheet that are refused')
    .addOption(new Option('--as <format>', 'write the scenario as sheets instead of playing it').choices(['csv', 'xlsx']))
    .option('--out <folder>', 'where those sheets are written', '.')
    .action(async (file: string, { kind, run, partial, as, out, ...options }: ServerOptions & SheetOptions) => {
      if (kind !== undefined) {
        const { importSheet } = await import('./import-sheet.js');
        await withServer(options, (api, people) => importSheet(api, people, file, { kind, run, partial }));
        return;
      }
      const [{ readScenario }, { importScenario }] = await Promise.all([import('./scenario.js'), import('./import.js')]);
      const scenario = await readScenario(file);
      if (as === undefined) return withServer(options, (api, people) => importScenario(api, people, scenario));
      const { writeScenarioSheets } = await import('./scenario-sheets.js');
      await withServer(options, (api, people) => writeScenarioSheets(api, people, file, { as, out }));
    });
  onServer(tinhgon.command('history <id>'))
    .description('what happened to a procedure, by whom and when')
    .action((id: string, options: ServerOptions) => withServer(options, (api, people) => showHistory(api, people, id)));
  onServer(tinhgon.command('attach <id> <files...>'))
    .description('bring files to a procedure; prints the hash of each, by which actions and comments name it')
    .action(async (id: string, files: readonly string[], options: ServerOptions) => {
      const { attachFiles } = await import('./attach.js');
      await withServer(options, (api, people) => attachFiles(api, people, id, files));
    });
  onServer(tinhgon.command('comment <id> <text>'))
    .description('say something about a procedure')
    .option('--attach <hash...>', 'files of the procedure that it is about')
    .option('--revision <number>', 'what was done, that it is about', figure(0, 1_000_000))
    .action(
      async (id: string, text: string, { attach, revision, ...options }: ServerOptions & { attach?: string[]; revision?: number }) => {
        const { comment } = await import('./attach.js');
        await withServer(options, (api, people) => comment(api, people, id, { text, attachments: attach, revision }));
      },
    );
  const exporting = tinhgon.command('export').description('the whole register as a file of JSON Lines');
  onServer(exporting.command('register <file>'))
    .description('write what somebody may see of the register, as it stands at one position, and verify it')
    .action(async (file: string, options: ServerOptions) => {
      const { exportRegister } = await import('./export-register.js');
      await withServer(options, (api, people) => exportRegister(api, people, file));
    });
  exporting
    .command('verify <file>')
    .description('whether a file is whole and as it was written; names its first wrong line')
    .action(async (file: string) => {
      const { verifyExport } = await import('./export-register.js');
      await verifyExport(file);
    });
  onServer(tinhgon.command('rebuild <view>'))
    .description('build a view anew beside the one that serves, then swap')
    .action((view: string, options: ServerOptions) => withServer(options, (api, people) => rebuildView(api, people, view)));
  addDefinitions(tinhgon.command('definitions').description('lifecycle definitions: who may do what, and where it leads'));
  onServer(tinhgon.command('load'))
    .description('register, review and propose procedures, and measure')
    .option('--rate <commands per second>', 'over all connections; 0 is as many as are answered', figure(0, 100_000), 0)
    .option('--connections <number>', 'commands in flight', figure(1, 1_000), 32)
    .option('--duration <seconds>', 'how long', figure(1, 86_400), 10)
    .action(({ rate, connections, duration, ...options }: ServerOptions & { rate: number; connections: number; duration: number }) =>
      withServer(options, (api, people) => load(api, people, { rate, connections, durationSeconds: duration })),
    );
  addAdmin(tinhgon.command('admin').description('people, on the database itself (DATA_DIR, DATABASE_URL)'));
  tinhgon
    .command('witness')
    .description('serve a witness of a log: it cosigns what goes on from what it saw, and nothing else (HOST, PORT)')
    .requiredOption('--origin <name>', 'the log')
    .requiredOption('--key <vkey...>', 'its key, name+hash+base64; two while one takes over from the other')
    .requiredOption('--state <folder>', 'what it remembers; its own key is made there')
    .option('--name <name>', 'of the witness, when its key is made')
    .action(async (given: WitnessOptions) => {
      const { witness } = await import('./witness/serve-witness.js');
      await witness(given, readConfig(env));
    });
  tinhgon
    .command('cosign <checkpoint>')
    .description('cosign a carried checkpoint, and print the line to carry back')
    .option('--old <file>', 'the checkpoint that was cosigned last')
    .option('--proof <file>', 'the answer of GET /api/v1/audit/consistency from that one to this')
    .requiredOption('--state <folder>', 'what the witness remembers')
    .option('--key <vkey...>', 'of the log, where the folder knows none yet')
    .option('--name <name>', 'of the witness, when its key is made')
    .action(async (checkpoint: string, given: CosignOptions) => {
      const { cosignFile } = await import('./witness/cosign-file.js');
      await cosignFile(checkpoint, given);
    });
  between(tinhgon.command('log').description('the log itself').command('copy'))
    .description('copy every event into another log, in order, and compare both; interrupted, run it again')
    .option('--from-prefix <prefix>', 'copy the streams of this STREAM_PREFIX alone, and leave it out of the names')
    .option('--to-prefix <prefix>', 'put this STREAM_PREFIX before the names')
    .option('--rename-repeated', 'give an event that the source has twice, one after the other, an id of its own')
    .addHelpText(
      'after',
      `
A place is a folder of the embedded database, postgres://… or esdb://…. Stop whoever writes first.

Examples:
  $ tinhgon log copy --from ./data --to postgres://user:password@host/database
  $ tinhgon log copy --from postgres://user:password@host/database --to 'esdb://host:2113?tls=false' --to-prefix navy-
  $ tinhgon log copy --from 'esdb://host:2113?tls=false' --from-prefix navy- --to ./copy`,
    )
    .action(async (given: LogCopy) => {
      const { copyLogBetween } = await import('./log-copy.js');
      await copyLogBetween(given);
    });
  between(tinhgon.command('files').description('attachments, on the databases themselves').command('copy'))
    .description('copy attachments into a database that has none, each held against its hash; interrupted, run it again')
    .addHelpText('after', placesHelp('files'))
    .action(async (given: { from: string; to: string }) => {
      const { copyFilesBetween } = await import('./files-copy.js');
      await copyFilesBetween(given);
    });
  between(tinhgon.command('people').description('people, on the databases themselves').command('copy'))
    .description('copy people, units and passwords into a database that has none')
    .addHelpText('after', placesHelp('people'))
    .action(async (given: { from: string; to: string }) => {
      const { copyPeopleBetween } = await import('./people-copy.js');
      await copyPeopleBetween(given);
    });
  const audit = tinhgon.command('audit').description('the tree over the log: its key, and its move');
  audit
    .command('key')
    .description('make a key that signs the tree of a log, for AUDIT_KEY or AUDIT_KEY_FILE; prints it')
    .requiredOption('--origin <name>', 'what the tree is called for ever, such as tinhgon.example.vn/navy')
    .action(async ({ origin }: { origin: string }) => {
      const { makeLogKey } = await import('./audit-key.js');
      makeLogKey(origin);
    });
  between(audit.command('copy'))
    .description('copy the tree of a log with its salts into a database that has none, after the log')
    .addHelpText('after', placesHelp('audit'))
    .action(async (given: { from: string; to: string }) => {
      const { copyTreeBetween } = await import('./audit-copy.js');
      await copyTreeBetween(given);
    });
  tinhgon
    .command('verify [file]')
    .description('whether history is what was sealed: a bundle, a proof, a checkpoint, a log or a database; exits with 1 where it is not')
    .option('--database', 'the log and its tree, both ways (DATABASE_URL, DATA_DIR, EVENT_STORE, STREAM_PREFIX)')
    .option('--log <url>', 'an installation: what it has signed, and its tiles')
    .option('--since <file>', 'with --log: a checkpoint that was kept; the log must go on from there')
    .option('--key <verifier key>', 'the key to believe, name+hash+base64')
    .option('--policy <file>', 'logs and witnesses to believe, and how many are needed (c2sp.org/tlog-policy)')
    .option('--json', 'the verdict as JSON')
    .action(async (file: string | undefined, given: VerifyOptions) => {
      const [{ readConfig }, { verify }] = await Promise.all([import('#platform'), import('./verify.js')]);
      if (!(await verify(file, given, () => readConfig(env)))) process.exitCode = 1;
    });
  return tinhgon;
}

/** As `#workflow` has them, which only the commands that need it load. */
const clearances = ['none', 'confidential', 'secret', 'topSecret'] as const satisfies readonly Classification[];

function addAdmin(admin: Command): void {
  const clearance = (): Option => new Option('--clearance <clearance>', 'what they may see, and give others to see').choices(clearances);
  admin
    .command('create')
    .description('make an administrator; the password comes from TINHGON_PASSWORD or is asked for')
    .option('--username <username>')
    .option('--name <name>')
    .addOption(clearance().default('topSecret'))
    .action(async (given: { username?: string; name?: string; clearance: Classification }) => {
      const [{ readConfig }, { createAdmin }] = await Promise.all([import('#platform'), import('./admin.js')]);
      const password = env['TINHGON_PASSWORD'];
      await createAdmin(readConfig(env), { ...given, ...(password === undefined ? {} : { password }) });
    });
  admin
    .command('clearance')
    .description('say what somebody may see: over the API nobody gives more than they have')
    .requiredOption('--username <username>')
    .addOption(clearance().makeOptionMandatory())
    .action(async (given: { username: string; clearance: Classification }) => {
      const [{ readConfig }, { clear }] = await Promise.all([import('#platform'), import('./admin.js')]);
      await clear(readConfig(env), given.username, given.clearance);
    });
}

function addDefinitions(definitions: Command): void {
  const on = (options: ServerOptions, work: (commands: DefinitionCommands) => Promise<void>): Promise<void> =>
    withServer(options, (api, people) => work(new DefinitionCommands(api, people)));
  onServer(definitions.command('list'))
    .description('every lifecycle with its versions')
    .action((options: ServerOptions) => on(options, (commands) => commands.list()));
  onServer(definitions.command('show <id> <version>'))
    .description('a version as JSON that draft takes, or as a Mermaid diagram')
    .option('--format <format>', 'json or mermaid', 'json')
    .option('--lang <language>', 'of the titles in a diagram: vi or en', 'vi')
    .action((id: string, version: string, { format, lang, ...options }: ServerOptions & { format: string; lang: string }) =>
      on(options, (commands) => commands.show(id, version, format, lang)),
    );
  onServer(definitions.command('draft <id> <file>'))
    .description('draft the next version from a JSON file')
    .action((id: string, file: string, options: ServerOptions) => on(options, (commands) => commands.draft(id, file)));
  onServer(definitions.command('validate <id> <version>'))
    .description('what is amiss with a version, held against the people and units of this moment')
    .action((id: string, version: string, options: ServerOptions) => on(options, (commands) => commands.validate(id, version)));
  onServer(definitions.command('publish <id> <version>'))
    .description('have new procedures get a version')
    .option('--confirm <codes>', 'doubts that are right all the same, with commas between them', '')
    .action((id: string, version: string, { confirm, ...options }: ServerOptions & { confirm: string }) =>
      on(options, (commands) =>
        commands.publish(
          id,
          version,
          confirm.split(',').flatMap((code) => code.trim() || []),
        ),
      ),
    );
  onServer(definitions.command('retire <id> <version>'))
    .description('have no new procedure get a version')
    .option('--reason <reason>')
    .action((id: string, version: string, { reason, ...options }: ServerOptions & { reason?: string }) =>
      on(options, (commands) => commands.retire(id, version, reason)),
    );
  onServer(definitions.command('migrate <id>'))
    .description('give running procedures another version; interrupted, run it again with its --key')
    .requiredOption('--from <version>', 'that they keep now')
    .requiredOption('--to <version>', 'that they get')
    .requiredOption('--stage <old=new...>', 'the new stage for each old one')
    .requiredOption('--clocks <plan>', 'what becomes of running deadlines: keep-due, keep-remaining or restart')
    .requiredOption('--reason <reason>')
    .option('--unit <id...>', 'only what these units or those below own')
    .option('--procedure <id...>', 'only these')
    .option('--limit <number>', 'migrate so many at most')
    .option('--key <uuid>', 'names this migration')
    .option('--dry-run', 'change nothing; print what would become of them')
    .action((id: string, options: ServerOptions & MigrationOptions) => on(options, (commands) => commands.migrate(id, options)));
}

function placesHelp(what: 'people' | 'files' | 'audit'): string {
  return `
A place is a folder of the embedded database or postgres://….

Example:
  $ tinhgon ${what} copy --from ./data --to postgres://user:password@host/database`;
}

function between(command: Command): Command {
  return command.requiredOption('--from <place>', 'where it is').requiredOption('--to <place>', 'where it shall be');
}

function onServer(command: Command): Command {
  return command
    .option('--url <url>', 'the server', `http://127.0.0.1:${env['PORT'] ?? '3000'}`)
    .option('--token <token>', 'whose token acts (or TINHGON_TOKEN)', env['TINHGON_TOKEN'])
    .option('--user <username>', 'who acts, with the password in TINHGON_PASSWORD')
    .option('--people <file>', 'a JSON list of people with their tokens, so that each step has the right one');
}

async function withServer(options: ServerOptions, work: (api: ApiClient, people: People) => Promise<void>): Promise<void> {
  const url = serverUrl(options.url);
  const password = env['TINHGON_PASSWORD'];
  await interruptible(async (signal) => {
    const api = new ApiClient(url, signal);
    await work(api, await People.from(api, { ...options, ...(password === undefined ? {} : { password }) }));
  });
}

/** As it is, without a slash at the end. @throws Error with a sentence, which repeats no password */
function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.username !== undefined && url.username !== '') throw new Error('--url must have no name or password: say who acts with --user.');
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '')
    throw new Error(`--url must be a URL of http or https, such as http://127.0.0.1:3000, not ${text}.`);
  return url.href.replace(/\/+$/, '');
}

/** The nearest package.json upwards is the product's: beside the sources and beside what is built of them. */
function version(): string {
  const require = createRequire(import.meta.url);
  for (let at = './'; at.length < 40; at = `${at}../`)
    try {
      return (require(`${at}package.json`) as { readonly version: string }).version;
    } catch {
      // Further up.
    }
  return 'unknown';
}

function figure(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(`It must be a figure from ${least} to ${most}.`);
    return value;
  };
}
