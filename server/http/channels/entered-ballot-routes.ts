import type { FastifyInstance } from 'fastify';
import { enteredBallotRoutes as routes } from '../../protocol/rest/entered-ballot-routes.ts';
import type { EnteredBallots } from '../../services/entered-ballots/entered-ballots.ts';
import type { EntryReading } from '../../services/entered-ballots/reading-entries.ts';
import type { FileVault } from '../../services/ports/master-data-ports.ts';
import { toPage, toPageReply } from '../page-reply.ts';
import { route } from '../route.ts';
import { withUpload } from '../upload.ts';
import { sendScan } from './scan-reply.ts';

export interface EnteredBallotRoutesDeps {
  readonly entries: EnteredBallots;
  readonly reading: EntryReading;
  readonly vault: FileVault;
}

/** Ballots on paper, by mail, SMS, e-mail or on site. */
export function registerEnteredBallotRoutes(app: FastifyInstance, deps: EnteredBallotRoutesDeps): void {
  registerScans(app, deps);
  registerEntering(app, deps);
  registerOwn(app, deps);
}

function registerScans(app: FastifyInstance, { reading, vault }: EnteredBallotRoutesDeps): void {
  route(app, routes.uploadScan, async ({ session, params: { meetingId }, request }) => {
    await reading.requireMayScan(session, meetingId);
    const { uploadMaxBytes } = routes.uploadScan;
    return withUpload(request, uploadMaxBytes, (file) => reading.keepScan(meetingId, file));
  });
  route(app, routes.readScan, async ({ session, params: { meetingId, sha256 }, reply }) =>
    sendScan(reply, vault, await reading.requireScan(session, meetingId, sha256)),
  );
}

function registerEntering(app: FastifyInstance, { entries, reading }: EnteredBallotRoutesDeps): void {
  route(app, routes.votingUnits, async ({ session, params, query }) => {
    const page = toPage(query);
    return toPageReply(await reading.units(session, { ...params, search: query.search }, page), page);
  });
  route(app, routes.enteredBallots, async ({ session, params: { meetingId }, query }) => {
    const page = toPage(query);
    const { resolutionId, state } = query;
    return toPageReply(await reading.list(session, { ...page, meetingId, resolutionId, state }), page);
  });
  route(app, routes.enteredBallot, async ({ session, params }) => reading.one(session, params));
  route(app, routes.enterBallot, async ({ session, params, body }) =>
    entries.enter(session, { ...params, ...body }),
  );
  route(app, routes.confirmEnteredBallot, async ({ session, params, body }) =>
    entries.confirm(session, params, body.choice),
  );
  route(app, routes.correctEnteredBallot, async ({ session, params, body }) =>
    entries.correct(session, params, body),
  );
  route(app, routes.withdrawEnteredBallot, async ({ session, params, body }) =>
    entries.withdraw(session, params, body.reason),
  );
  route(app, routes.tellEnteredBallot, async ({ session, params }) => entries.tell(session, params));
}

function registerOwn(app: FastifyInstance, { reading }: EnteredBallotRoutesDeps): void {
  route(app, routes.ownEnteredBallots, async ({ session, params }) => ({
    rows: await reading.own(session, params.meetingId),
  }));
  route(app, routes.objectToEnteredBallot, async ({ session, params, body }) =>
    reading.object(session, params, body.text),
  );
}
