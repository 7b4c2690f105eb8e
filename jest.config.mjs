// Node runs the tests as ES modules (`node --experimental-vm-modules`); SWC only strips the types and
// turns JSX into calls, so that what is tested is what Node and Vite run.
const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    },
  ],
};

/** What the three projects have in common. @param {string} name folder under tests/ */
function project(name) {
  return {
    displayName: name,
    rootDir: import.meta.dirname,
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts', '.tsx'],
    moduleFileExtensions: ['ts', 'tsx', 'mjs', 'js', 'json'],
    transform,
    testMatch: [`<rootDir>/tests/${name}/**/*.test.{ts,tsx}`],
    modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/.cache/'],
  };
}

const DATABASE_SETUP = {
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
};

export default {
  // Jest takes testTimeout for all projects only here; a unit test is far below it, and the quick loop
  // (scripts/test.mjs unit) lowers it on the command line.
  testTimeout: 180_000,
  projects: [
    project('unit'),
    { ...project('integration'), ...DATABASE_SETUP },
    { ...project('e2e'), ...DATABASE_SETUP },
  ],
};
