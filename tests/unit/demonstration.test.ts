import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../server/config.ts';
import {
  decideDemonstration,
  type StartConditions,
} from '../../server/services/demonstration/demonstration.ts';

const open: StartConditions = {
  mongodbUri: null,
  messengerIsReal: false,
  publicOrigin: null,
  nodeEnv: 'development',
  host: '127.0.0.1',
  lan: false,
  noDemo: false,
  databaseHasMark: false,
  databaseIsEmpty: true,
  realCasesExist: false,
};
const marked = { databaseHasMark: true, databaseIsEmpty: false };

describe('the demonstration', () => {
  it.each<[string, Partial<StartConditions>, boolean]>([
    ['on the loopback with an empty database', {}, true],
    ['on the IPv6 loopback', { host: '::1' }, true],
    ['on localhost', { host: 'localhost' }, true],
    ['again in its own database, which is not seeded twice', marked, false],
    ['in the local network with --lan', { host: '0.0.0.0', lan: true }, true],
    ['in a test', { nodeEnv: 'test' }, true],
  ])('is allowed %s', (_when, change, seed) => {
    expect(decideDemonstration({ ...open, ...change })).toEqual({ allowed: true, seed, reason: null });
  });

  it.each<[string, Partial<StartConditions>]>([
    ['with a database of one’s own', { mongodbUri: 'mongodb://db/meeting' }],
    ['with a real message provider', { messengerIsReal: true }],
    ['with a public origin', { publicOrigin: 'https://meeting.example' }],
    ['in production', { nodeEnv: 'production' }],
    ['when NODE_ENV is mistyped', { nodeEnv: 'prodution' }],
    ['when NODE_ENV has another case', { nodeEnv: 'Production' }],
    ['when NODE_ENV is empty', { nodeEnv: '' }],
    ['on all addresses without --lan', { host: '0.0.0.0' }],
    ['on an address of the network', { host: '192.168.1.5' }],
    ['on a host name that only looks like the loopback', { host: '127.0.0.1.example' }],
    ['with --no-demo', { noDemo: true }],
    ['when real cases exist', { realCasesExist: true, databaseIsEmpty: false }],
    ['when real cases exist beside the mark', { ...marked, realCasesExist: true }],
    ['in a database that is in use and has no mark', { databaseIsEmpty: false }],
  ])('must not exist %s', (_when, change) => {
    const decision = decideDemonstration({ ...open, ...change });
    expect(decision).toMatchObject({ allowed: false, seed: false });
    expect(decision.reason).toEqual(expect.any(String));
  });

  it('is open under exactly the conditions that the rule names, through the whole table', () => {
    let allowed = 0;
    for (const conditions of everyCombination()) {
      const isOpen =
        conditions.mongodbUri === null &&
        !conditions.messengerIsReal &&
        conditions.publicOrigin === null &&
        conditions.nodeEnv === 'development' &&
        (conditions.lan || conditions.host === '127.0.0.1') &&
        !conditions.noDemo &&
        !conditions.realCasesExist &&
        (conditions.databaseHasMark || conditions.databaseIsEmpty);
      expect(decideDemonstration(conditions).allowed).toBe(isOpen);
      if (isOpen) allowed += 1;
    }
    expect(allowed).toBe(9);
  });

  it.each(['MONGODB_URL', 'MONGO_DB_URI', 'PUBLIC_ORGIN', 'PUBLIC_ORIGINS', 'NODE_ENVV', 'SMTP_URI'])(
    'cannot be opened by the mistyped variable %s: the start is refused',
    (name) => {
      expect(() => readConfig({ [name]: 'x' }, [], '.')).toThrow(name);
    },
  );

  it.each(['prodution', 'PRODUCTION', 'staging'])(
    'cannot be opened by NODE_ENV=%s: the start is refused',
    (value) => {
      expect(() => readConfig({ NODE_ENV: value }, [], '.')).toThrow('NODE_ENV');
    },
  );
});

function* everyCombination(): Generator<StartConditions> {
  const both = [false, true];
  for (const mongodbUri of [null, 'mongodb://db/x'])
    for (const messengerIsReal of both)
      for (const publicOrigin of [null, 'https://meeting.example'])
        for (const nodeEnv of ['development', 'production', 'dev'])
          for (const host of ['127.0.0.1', '0.0.0.0'])
            for (const lan of both)
              for (const noDemo of both)
                for (const databaseHasMark of both)
                  for (const databaseIsEmpty of both)
                    for (const realCasesExist of both) {
                      const database = { databaseHasMark, databaseIsEmpty, realCasesExist };
                      yield {
                        mongodbUri,
                        messengerIsReal,
                        publicOrigin,
                        nodeEnv,
                        host,
                        lan,
                        noDemo,
                        ...database,
                      };
                    }
}
