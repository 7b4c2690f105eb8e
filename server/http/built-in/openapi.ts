import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { REFERENCE_PAGE_POLICY } from '../protection/security-headers.ts';

export const OPENAPI_PATH = '/api/openapi.json';
export const REFERENCE_PATH = '/api/reference';

/** One description of every route, made from the very schemas that validate; and a page to read it. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: "Creditors' meeting", version: '1', description: 'Amounts are decimal strings of fen.' },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session' } },
      },
    },
    transform: ({ schema, url, route }) => {
      if (route.config?.uploadMaxBytes === undefined) return { schema, url };
      const file = { type: 'string', format: 'binary', maxLength: route.config.uploadMaxBytes };
      return {
        schema: { ...schema, body: { type: 'object', required: ['file'], properties: { file } } },
        url,
      };
    },
  });
  app.get(OPENAPI_PATH, { schema: { hide: true } }, async () => app.swagger());
  await registerReferencePage(app);
}

async function registerReferencePage(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', REFERENCE_PAGE_POLICY);
    });
    const { default: reference } = await import('@scalar/fastify-api-reference');
    await scope.register(reference, {
      routePrefix: REFERENCE_PATH,
      configuration: {
        url: OPENAPI_PATH,
        pageTitle: "API of the creditors' meeting",
        withDefaultFonts: false,
        // Nothing on this page leads to somebody else's service.
        telemetry: false,
        showDeveloperTools: 'never',
        hideClientButton: true,
        agent: { disabled: true },
        mcp: { disabled: true },
      },
    } as never);
  });
}
