const libs = (names) => `^libs/(${names})/`;

/** Who may import whom; the doors of the libs are their index.ts. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'front-doors-only',
      comment: 'A lib is entered by its index.ts, or by the second door that package.json names.',
      severity: 'error',
      from: { path: '^(apps|libs|test)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/((testing|commands)/)?index\\.ts$', '^libs/$2/'] },
    },
    {
      name: 'platform-knows-nobody',
      severity: 'error',
      from: { path: libs('platform') },
      to: { path: libs('event-store|processors|workflow|procedures|identity|notifications') },
    },
    {
      name: 'the-log-knows-the-platform-only',
      severity: 'error',
      from: { path: libs('event-store') },
      to: { path: libs('processors|workflow|procedures|identity|notifications') },
    },
    {
      name: 'processors-know-the-log-only',
      severity: 'error',
      from: { path: libs('processors') },
      to: { path: libs('workflow|procedures|identity|notifications') },
    },
    {
      name: 'workflow-knows-the-log-only',
      severity: 'error',
      from: { path: libs('workflow') },
      to: { path: libs('processors|procedures|identity|notifications') },
    },
    {
      name: 'nobody-knows-notifications',
      comment: 'They follow what happens; no lib waits for them.',
      severity: 'error',
      from: { path: libs('procedures|identity') },
      to: { path: libs('notifications') },
    },
    { name: 'procedures-do-not-know-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'cli-speaks-http',
      comment: 'The command line starts the API, does what an operator does to the database, and knows words, no rules.',
      severity: 'error',
      from: { path: '^apps/cli/' },
      to: { path: libs('procedures|processors') },
    },
    {
      name: 'rules-are-pure',
      comment: 'Deciders, definitions and arithmetic know neither Nest nor a database.',
      severity: 'error',
      from: { path: '^libs/(workflow|procedures)/src/(?!.*(commands/|views/|\\.spec\\.ts)).*' },
      to: { path: 'node_modules/(@nestjs|pg|fastify|@electric-sql)' },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$|/testing/' },
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
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
