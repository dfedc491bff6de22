// The import order of docs/architecture.md: a module imports only from modules above it.
const ORDER = [
  'common',
  'config',
  'database',
  'access',
  'features',
  'tasks',
  'agents',
  'workflows',
  'execution',
  'llm',
  'inference',
  'planning',
  'monitoring',
];

const below = ORDER.map((name, index) => ({
  name: `${name}-imports-only-from-above`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    path: `^src/(${ORDER.slice(index + 1)
      .concat('extensions')
      .join('|')})/`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...below,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'extensions-use-the-public-surface',
      severity: 'error',
      from: { path: '^src/extensions/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/index\\.ts$', '^src/extensions/$1/'] },
    },
    {
      name: 'only-the-composition-root-imports-it',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/(main|create-app|app\\.module)\\.ts$' },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain/ decides: no Nest, no ORM, no driver, no I/O.',
      severity: 'error',
      from: { path: '^src/[^/]+/domain/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: [
          '^node_modules/(@nestjs|@mikro-orm|pg|pg-boss|kysely|fastify|undici|rxjs)/',
          '^(node:)?(fs|net|http|https|child_process|worker_threads|timers)',
        ],
      },
    },
    {
      name: 'domain-imports-no-shell',
      severity: 'error',
      from: { path: '^src/([^/]+)/domain/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/[^/]+/domain/', '^src/common/'] },
    },
    {
      name: 'entities-stay-in-adapters',
      severity: 'error',
      from: { path: '^src/', pathNot: ['/adapters/', '\\.module\\.ts$'] },
      to: { path: '\\.entity\\.ts$' },
    },
    {
      name: 'telemetry-is-loaded-on-demand',
      comment: 'Everything speaks the API of OpenTelemetry; its SDK is loaded where traces are wanted.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/monitoring/tracing/sdk/', '\\.spec\\.ts$'] },
      to: { path: '^node_modules/@opentelemetry/(?!api/)' },
    },
    {
      name: 'telemetry-is-loaded-dynamically',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/monitoring/tracing/sdk/' },
      to: { path: '^src/monitoring/tracing/sdk/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      // Loaded by path: the entry point and what runs in processes of its own.
      from: {
        orphan: true,
        path: '^src/',
        pathNot: ['^src/main\\.ts$', '\\.(child|job)\\.ts$', '\\.spec\\.ts$'],
      },
      to: {},
    },
    {
      name: 'no-test-code-in-src',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^test/', '^bench/', '^scripts/'] },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
    exclude: { path: '^dist' },
  },
};
