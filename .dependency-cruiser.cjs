const libs = (names) => `^libs/(${names})/`;

/** Each lib, and those that it may import. */
const rooms = [
  ['platform'],
  ['sheets'],
  ['event-store', 'platform'],
  ['files', 'platform'],
  ['imports', 'sheets', 'platform'],
  ['bulk', 'platform'],
  ['processors', 'event-store', 'platform'],
  ['audit', 'processors', 'event-store', 'platform'],
  ['workflow', 'event-store', 'platform'],
  ['identity', 'workflow', 'processors', 'event-store', 'platform'],
  ['procedures', 'workflow', 'processors', 'files', 'event-store', 'platform'],
  ['deadlines', 'procedures', 'workflow', 'processors', 'event-store', 'platform'],
  ['worklist', 'deadlines', 'procedures', 'workflow', 'processors', 'event-store', 'platform'],
  ['reorganisation', 'identity', 'procedures', 'workflow', 'processors', 'event-store', 'platform'],
  ['programmes', 'workflow', 'processors', 'event-store', 'platform'],
  ['replay', 'audit', 'programmes', 'procedures', 'event-store'],
  ['reporting', 'deadlines', 'worklist', 'programmes', 'procedures', 'workflow', 'processors', 'event-store', 'platform'],
  ['notifications', 'programmes', 'deadlines', 'worklist', 'procedures', 'identity', 'workflow', 'processors', 'event-store', 'platform'],
];

/** Who may import whom; the doors of the libs are their index.ts. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'front-doors-only',
      comment: 'A lib is entered by its index.ts, or by the second door that package.json names.',
      severity: 'error',
      from: { path: '^(apps|libs|test)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/((testing|commands|verifier)/)?index\\.ts$', '^libs/$2/'] },
    },
    ...rooms.map(([room, ...below]) => ({
      name: `${room}-knows-${below.length === 0 ? 'nobody' : 'what-is-below'}`,
      comment: `libs/${room} imports ${below.length === 0 ? 'no other lib' : below.join(', ')}.`,
      severity: 'error',
      from: { path: libs(room) },
      to: { path: '^libs/', pathNot: libs([room, ...below].join('|')) },
    })),
    { name: 'libs-do-not-know-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'web-speaks-http',
      comment:
        'The pages know the API by its description alone. What checks proofs is no API: it has to run without any server, and be the same for everybody.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(libs|apps/(api|worker|cli))/', pathNot: '^libs/audit/src/verifier/index\\.ts$' },
    },
    {
      name: 'pages-do-not-know-each-other',
      comment: 'Routes import pages, pages what is beside them; of pages only history shows a procedure, too.',
      severity: 'error',
      from: { path: '^apps/web/src/(?!routes/|history/)([^/]+)/' },
      to: {
        path: '^apps/web/src/(?!(?:actions|api|form|format|frame|inquiries|lifecycle|parts|recommendations|table|theme|verifier|why|words)/)[^/]+/',
        pathNot: '^apps/web/src/$1/',
      },
    },
    {
      name: 'pages-are-not-known-below',
      comment: 'routes → page → frame, table, form → words, format, api, theme.',
      severity: 'error',
      from: { path: '^apps/web/src/(words|format|api|theme)/' },
      to: { path: '^apps/web/src/', pathNot: '^apps/web/src/(words|format|api|theme)/' },
    },
    {
      name: 'cli-speaks-http',
      comment: 'The command line starts the API, does what an operator does to the database, and knows words, no rules.',
      severity: 'error',
      from: { path: '^apps/cli/' },
      to: { path: libs('procedures|deadlines|worklist|programmes|reporting|processors') },
    },
    {
      name: 'rules-are-pure',
      comment: 'Deciders, definitions and arithmetic know neither Nest nor a database.',
      severity: 'error',
      from: { path: '^libs/(workflow|procedures|deadlines|worklist|programmes|reporting)/src/(?!.*(commands/|views/|\\.spec\\.ts)).*' },
      to: { path: 'node_modules/(@nestjs|pg|fastify|@electric-sql)' },
    },
    {
      name: 'the-verifier-runs-anywhere',
      comment: 'Browser, command line and server check proofs by the same files: they know no platform, no framework and no other lib.',
      severity: 'error',
      from: { path: '^libs/audit/src/verifier/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: { pathNot: '^libs/audit/src/verifier/|node_modules/@noble/' },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$|/testing/|^apps/web/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
