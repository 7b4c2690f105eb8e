import type { FastifyInstance } from 'fastify';

/** With `--lan`: the certificate that phones install so that they trust this machine. */
export function registerAuthorityPage(app: FastifyInstance, authorityPem: string): void {
  const schema = { summary: 'Certificate of the local authority, to be installed on phones', tags: ['lan'] };
  app.get('/authority.crt', { schema }, async (_request, reply) =>
    reply
      .type('application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="creditors-meeting.crt"')
      .send(authorityPem),
  );
}
