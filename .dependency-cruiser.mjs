/**
 * The direction of imports (README, map of the folders): the client and the server share the protocol; the
 * domain is pure; the use cases know ports only; the edges do not know each other.
 */

/** Server folders that talk to the world outside. */
const EDGES = ['http', 'realtime', 'storage', 'documents', 'notify', 'signer', 'attest'];
const EDGE = `^server/(${EDGES.join('|')})/`;

/** What also runs in the browser. */
const SHARED = '^server/(protocol|domain/record)/';

/** @param {string} name @param {string} comment @param {{ from: object, to: object }} rule */
function forbid(name, comment, rule) {
  return { name, comment, severity: 'error', ...rule };
}

export default {
  forbidden: [
    forbid('no-circles', 'Modules that need each other are one module.', {
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    }),
    forbid('no-unresolved', 'Every import leads somewhere.', { from: {}, to: { couldNotResolve: true } }),
    forbid('protocol-is-a-leaf', 'The protocol knows nothing of the rest.', {
      from: { path: '^server/protocol/' },
      to: { path: '^(server|client|media)/', pathNot: '^server/protocol/' },
    }),
    forbid('domain-knows-the-protocol-only', 'Rules know no use case and no edge.', {
      from: { path: '^server/domain/' },
      to: { path: '^(server|client|media)/', pathNot: '^server/(domain|protocol)/' },
    }),
    forbid('shared-code-is-pure', 'No input or output in the rules, and none in what the browser runs.', {
      from: { path: '^server/(domain|protocol)/' },
      to: { dependencyTypes: ['core'] },
    }),
    forbid('services-know-ports-only', 'Use cases call ports, which edges implement.', {
      from: { path: '^server/services/' },
      to: { path: '^(server|client|media)/', pathNot: '^server/(services|domain|protocol)/' },
    }),
    forbid('edges-know-inwards-only', 'An edge never knows how the process is put together.', {
      from: { path: EDGE },
      to: { path: '^(client|media|server/(main|compose)\\.ts)' },
    }),
    ...EDGES.map((edge) =>
      forbid(`${edge}-knows-no-other-edge`, 'Edges never import each other.', {
        from: { path: `^server/${edge}/` },
        to: { path: EDGE, pathNot: `^server/${edge}/` },
      }),
    ),
    forbid('media-implements-its-port', 'The media plane knows nothing of creditors or votes.', {
      from: { path: '^media/' },
      to: { path: '^(server|client)/', pathNot: '^server/(protocol|services/ports)/' },
    }),
    forbid('client-imports-what-is-shared', 'The client knows the contract and the record alone.', {
      from: { path: '^client/' },
      to: { path: '^(server|media|scripts)/', pathNot: SHARED },
    }),
    forbid('only-main-composes', 'compose.ts is the one place that knows every concrete class.', {
      from: { pathNot: '^server/(main\\.ts|compose\\.ts|welcome\\.ts|compose/|demo/)' },
      to: { path: '^server/compose(\\.ts|/)' },
    }),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
