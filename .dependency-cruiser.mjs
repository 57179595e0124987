/**
 * The import rules of ARCHITECTURE.md. Each room lists the rooms it may import; `protocol` and `ports.ts` hold only
 * shapes and are open to all.
 */
const pure = ['policy', 'catalog', 'risk', 'analysis', 'recommendation', 'testing', 'comparison', 'replay'];

const mayImport = {
  policy: [],
  catalog: ['policy'],
  risk: ['policy', 'catalog'],
  analysis: ['policy', 'catalog', 'risk'],
  recommendation: ['policy', 'catalog', 'risk'],
  testing: ['policy', 'catalog', 'risk', 'analysis'],
  comparison: ['policy', 'catalog', 'mcp/definition.ts$'],
  replay: ['policy'],
  mcp: ['catalog', 'policy/json', 'policy/recognise.ts$'],
  state: ['policy'],
  telemetry: [],
  demo: [],
  gateway: [...pure, 'mcp', 'state'],
  language: [...pure, 'mcp', 'state', 'gateway/setup/demandAccepted.ts$'],
  cli: [...pure, 'mcp', 'state', 'gateway', 'telemetry', 'demo', 'language(?!/features)'],
};

const ours = '^(client|server|scripts|test|examples)/';
const openToAll = '^server/src/(protocol/|ports[.]ts$)';
/** Written by the extension and by the command line, which know no other room together. */
const launcher = '^server/src/launcher[.]ts$';
/** Whether a file is a policy at all is decided before anything is started for it. */
const recognition = '^server/src/policy/recognise[.]ts$';

const rooms = Object.entries(mayImport).map(([room, others]) => ({
  name: `room-${room}`,
  comment: `server/src/${room} may import: ${others.join(', ') || 'no other room'}.`,
  severity: 'error',
  from: { path: `^server/src/${room}/` },
  to: {
    path: ours,
    pathNot: [
      openToAll,
      ...(room === 'cli' ? [launcher] : []),
      ...[room, ...others].map((other) => `^server/src/${other}${other.includes('.') ? '' : '/'}`),
    ],
  },
}));

const pureRooms = `^server/src/(${pure.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...rooms,
    {
      name: 'pure-rooms-do-no-io',
      comment: 'What decides must be computable anywhere: no part of Node in the pure rooms.',
      severity: 'error',
      from: { path: pureRooms },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-rooms-packages',
      comment:
        'Pure rooms use three packages: the tolerant JSON reader, linear-time regular expressions, ajv at run time.',
      severity: 'error',
      from: { path: pureRooms },
      to: { path: 'node_modules/', pathNot: 'node_modules/(jsonc-parser|re2js|ajv)/' },
    },
    {
      name: 'protocol-is-shapes',
      comment: 'Messages are types and names; a module that both sides import must bring no behaviour along.',
      severity: 'error',
      from: { path: openToAll },
      to: { path: ours, pathNot: openToAll, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'client-sees-only-the-protocol',
      comment: 'The extension talks to the server rooms through messages.',
      severity: 'error',
      from: { path: '^client/src/' },
      to: { path: ours, pathNot: [openToAll, launcher, recognition, '^client/src/'] },
    },
    {
      name: 'webview-sees-only-messages',
      comment: 'Browser code knows the protocol, the messages of its own view, and how times are shown.',
      severity: 'error',
      from: { path: '^client/webview/' },
      to: {
        path: ours,
        pathNot: [
          openToAll,
          '^client/webview/',
          '^client/src/webview/(countdown|visible|audit/pack|.*messages?)[.]ts$',
        ],
      },
    },
    {
      name: 'webview-is-browser-code',
      comment: 'No Node and no package is bundled into a webview without a decision.',
      severity: 'error',
      from: { path: '^client/webview/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'vscode-only-in-the-client',
      comment: 'Everything else must work without VS Code.',
      severity: 'error',
      from: { pathNot: '^(client/src|test/vscode/suite)/' },
      to: { path: '^vscode$|node_modules/@types/vscode/' },
    },
    {
      name: 'mcp-sdk-only-in-mcp',
      comment: 'One room knows the MCP SDK. Tests and examples may use it as real clients and servers.',
      severity: 'error',
      from: { path: '^(client|server)/', pathNot: '^server/src/mcp/' },
      to: { path: 'node_modules/@modelcontextprotocol/' },
    },
    {
      name: 'lsp-only-where-it-belongs',
      comment:
        'The language server protocol is spoken by the language room, the client, and the command that starts it.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(language|cli)/' },
      to: { path: 'node_modules/vscode-(languageserver|languageclient|uri)' },
    },
    {
      name: 'language-reads-the-log-in-one-place',
      comment: 'The language server reads recorded calls for a replay, and has no other use for the state.',
      severity: 'error',
      from: { path: '^server/src/language/', pathNot: '^server/src/language/replay/records[.]ts$' },
      to: { path: '^server/src/state/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that resolves to nothing breaks at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out|[.]vscode-test|test/fixtures)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
