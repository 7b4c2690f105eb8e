import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const SELF = "'self'";
const NONE = ["'none'"];

/**
 * What the page may load and do: itself only. Styles may stand inline because the component library writes
 * its rules at run time; scripts never. `blob:` serves camera pictures, recordings and workers of the build.
 */
function contentPolicy(origins: ReadonlySet<string>) {
  // Older Safari does not take a WebSocket of the same host for 'self'.
  const sockets = [...origins].map((origin) => origin.replace(/^http/, 'ws'));
  return {
    defaultSrc: NONE,
    scriptSrc: [SELF],
    scriptSrcAttr: NONE,
    styleSrc: [SELF, "'unsafe-inline'"],
    imgSrc: [SELF, 'data:', 'blob:'],
    mediaSrc: [SELF, 'blob:', 'mediastream:'],
    fontSrc: [SELF, 'data:'],
    connectSrc: [SELF, ...sockets],
    workerSrc: [SELF, 'blob:'],
    manifestSrc: [SELF],
    frameSrc: [SELF],
    objectSrc: NONE,
    baseUri: NONE,
    formAction: [SELF],
    frameAncestors: NONE,
    // Text becomes markup by the page's one policy alone (client/app/trusted-types.ts), and never a script.
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ['default'],
  };
}

/** The page of the API reference runs a bundle that writes styles and compiles templates; it holds no data. */
export const REFERENCE_PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The offline verifier is one file with its script inside; its own policy names that script by hash. Sandboxed
 * it has no origin, so that it cannot act with anybody's session.
 */
export const VERIFIER_PAGE_POLICY = [
  // Its button submits a form to its own script; `form-action` keeps it from sending anything.
  'sandbox allow-scripts allow-forms allow-modals allow-downloads',
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PERMISSIONS = [
  'camera=(self)',
  'microphone=(self)',
  'display-capture=(self)',
  'fullscreen=(self)',
  'autoplay=(self)',
  'screen-wake-lock=(self)',
  'geolocation=()',
  'payment=()',
  'usb=()',
  'serial=()',
].join(', ');

/**
 * @param options.sendsHsts only behind a certificate that will stay: a browser that has once seen the header
 *   refuses plain HTTP for a year, which would lock people out of a machine in the local network
 */
export async function registerSecurityHeaders(
  app: FastifyInstance,
  options: { origins: ReadonlySet<string>; sendsHsts: boolean },
): Promise<void> {
  const helmetOptions: FastifyHelmetOptions = {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy(options.origins) },
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // `no-referrer` would make browsers send `Origin: null` with form posts.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: options.sendsHsts ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    frameguard: { action: 'deny' },
  };
  await app.register(helmet, helmetOptions);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', PERMISSIONS);
  });
}
