import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from '../../server/config.ts';

const read = (environment: Record<string, string>, args: string[] = []) =>
  readConfig(environment, args, '/srv');

describe('the configuration', () => {
  it('takes a flag with its value apart or joined', () => {
    expect(read({}, ['--port', '9000', '--data', 'here'])).toEqual(read({}, ['--port=9000', '--data=here']));
    expect(read({}, ['--data=/srv/a=b']).dataDir).toBe('/srv/a=b');
  });

  it.each([
    ['MONGODB_URL', 'mongodb://db.example/meeting', 'did you mean MONGODB_URI'],
    ['PUBLIC_ORIGIN', 'meeting.example.cn', 'must be an origin'],
    ['PORT', '80a', 'whole number from 0 to 65535'],
    ['SMTP_URL', 'mail.example.cn', 'must begin with smtp:// or smtps://'],
    ['MONGODB_URI', 'db.example', 'must begin with mongodb://'],
    ['TRUSTED_PROXIES', '10.0.0.1, proxy', '"proxy"'],
    ['TRUSTED_PROXIES', '10.0.0.0/33', '"10.0.0.0/33"'],
  ])('refuses %s=%s by name', (name, value, message) => {
    expect(() => read({ [name]: value })).toThrow(ConfigError);
    expect(() => read({ [name]: value })).toThrow(message);
  });

  it('accepts addresses and networks of proxies', () => {
    const { trustedProxies } = read({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8' });
    expect(trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
  });

  it('never repeats an address that may carry a password', () => {
    expect(() => read({ SMTP_URL: 'http://user:secret@mail' })).not.toThrow('secret');
  });
});
