/**
 * Who can sign in, changed by another's hand, stands in the record before it takes effect (record.md 2, "What each
 * part stops"): a telephone that moves with the claims table, a reset of a member of staff.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demonstrationClaimRows } from '../../server/demo/fictitious-claims.ts';
import { writeClaimsWorkbook } from '../../server/documents/claims-template.ts';
import { buildMinutes } from '../../server/domain/minutes/build-minutes.ts';
import { timelineOf } from '../../server/domain/review/timeline.ts';
import { openPrivates, readHistory } from '../../server/services/record/read-history.ts';
import { importClaims } from '../support/meeting-import.ts';
import { beginMeeting } from '../support/meeting-scene.ts';
import { ofType, startMeetingServer, type MeetingServer } from '../support/meeting-server.ts';
import { textOfMinutes } from '../support/minutes-text.ts';

let server: MeetingServer;
let numbers = 0;
let rows = demonstrationClaimRows();
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

/** Names of creditors whose number is theirs alone. */
function creditorsAlone(count: number): string[] {
  const byNumber = Map.groupBy(rows, ({ mobile }) => mobile);
  const names = rows.flatMap(({ name = '', mobile }) => {
    const sharing = new Set(byNumber.get(mobile)?.map((row) => row.name));
    return sharing.size === 1 ? [name] : [];
  });
  return [...new Set(names)].slice(0, count);
}

/** The claims table with a number for each of them that nobody has had. */
function withNewNumbers(names: readonly string[]) {
  const fresh = new Map(names.map((name) => [name, `1783333${String(1000 + ++numbers)}`]));
  rows = rows.map((row) => {
    const mobile = fresh.get(row.name ?? '');
    return mobile === undefined ? row : { ...row, mobile };
  });
  return writeClaimsWorkbook(rows);
}

const resetsOf = async (meetingId: string) => ofType(await server.ledger(meetingId), 'credential.reset');

async function readingsOf(meetingId: string) {
  const { ledger } = server.composed.stores;
  const history = await readHistory(ledger, meetingId);
  const open = await openPrivates(ledger, meetingId, history);
  return {
    timeline: timelineOf(history, open),
    minutes: textOfMinutes(buildMinutes({ history, open, masked: false })),
  };
}

describe('another telephone in the claims table', () => {
  it('is in the record of a meeting that goes on: whose, from whom to whom, by which import', async () => {
    const [name = ''] = creditorsAlone(1);
    const { meetingId } = await beginMeeting(server);
    await importClaims(server, await withNewNumbers([name]));
    const [reset, ...others] = await resetsOf(meetingId);
    expect(others).toEqual([]);
    const { creditorId, personId, formerPersonId, kind, actor } = reset?.body ?? {};
    const acted = server.capacities.find((capacity) => capacity.creditorId === creditorId);
    const acts = (await server.composed.services.capacities.findByCase(server.caseId)).find(
      (capacity) => capacity.creditorId === creditorId,
    );
    expect({ kind, name: acted?.creditorName, formerPersonId }).toEqual({
      kind: 'TELEPHONE',
      name,
      formerPersonId: acted?.personId,
    });
    expect(personId).toBe(acts?.personId);
    expect(personId).not.toBe(formerPersonId);
    const lead = server.staff['administrator-lead'].personId;
    expect(actor).toEqual({ personId: lead, role: 'administrator-lead' });
  });

  it('is told in the minutes in one line, and to the reviewer masked', async () => {
    const names = creditorsAlone(2);
    const { meetingId } = await beginMeeting(server);
    await importClaims(server, await withNewNumbers(names));
    const { timeline, minutes } = await readingsOf(meetingId);
    expect(minutes).toContain('管理人负责人随债权表变更 2 名债权人登记的手机号');
    for (const name of names) expect(minutes).toContain(name);
    expect(minutes.match(/登记的手机号/g)).toHaveLength(1);
    const steps = timeline.filter(({ code }) => code === 'TELEPHONE_CHANGED');
    expect(steps).toHaveLength(2);
    expect(JSON.stringify(timeline)).not.toMatch(/1783333\d{4}/);
  });

  it('is in it once, and before anybody can act on it, when the import is interrupted', async () => {
    const [name = ''] = creditorsAlone(1);
    const { meetingId } = await beginMeeting(server);
    const before = await server.composed.services.capacities.findByCase(server.caseId);
    let isBroken = true;
    server.composed.accounts.credentialChanges.follow(async () => {
      if (isBroken) throw new Error('interrupted on purpose');
    });
    await expect(importClaims(server, await withNewNumbers([name]))).rejects.toThrow(
      'interrupted on purpose',
    );
    expect(await resetsOf(meetingId)).toHaveLength(1);
    expect(await server.composed.services.capacities.findByCase(server.caseId)).toEqual(before);
    isBroken = false;
    await server.composed.takeUp();
    const [reset, ...others] = await resetsOf(meetingId);
    expect(others).toEqual([]);
    const after = await server.composed.services.capacities.findByCase(server.caseId);
    const acts = after.find(({ creditorId }) => creditorId === reset?.body.creditorId);
    expect(acts?.personId).toBe(reset?.body.personId);
  });

  it('goes back and forth as often as the table does', async () => {
    const [name = ''] = creditorsAlone(1);
    const { meetingId } = await beginMeeting(server);
    const original = rows;
    const moved = await withNewNumbers([name]);
    await importClaims(server, moved);
    await importClaims(server, await writeClaimsWorkbook(original));
    await importClaims(server, moved);
    const people = (await resetsOf(meetingId)).map(({ body }) => [body.formerPersonId, body.personId]);
    expect(people).toHaveLength(3);
    expect(people[2]).toEqual(people[0]);
    expect(people[1]).toEqual(people[0]?.toReversed());
  });

  it('leaves a meeting alone in which nobody will vote any more', async () => {
    const { meetingId, host } = await beginMeeting(server);
    await host.ask('meeting:close', { expectedPhase: 'in-progress' });
    const size = (await server.ledger(meetingId)).length;
    await importClaims(server, await withNewNumbers(creditorsAlone(1)));
    expect(await server.ledger(meetingId)).toHaveLength(size);
  });
});

describe('a reset of a member of staff', () => {
  it('is in the record of the meetings of the own cases, with both who took part', async () => {
    const { meetingId } = await beginMeeting(server);
    const { operator, judge, 'administrator-lead': lead } = server.staff;
    const { staff } = server.composed.accounts;
    const { requestId } = await staff.requestReset(operator, lead.personId);
    await staff.confirmReset(judge, requestId);
    const [reset, ...others] = await resetsOf(meetingId);
    expect(others).toEqual([]);
    expect(reset?.body).toMatchObject({
      kind: 'SECOND_FACTOR',
      personId: lead.personId,
      actor: { personId: operator.personId, role: 'operator' },
      secondActor: { personId: judge.personId, role: 'judge' },
    });
    const { minutes, timeline } = await readingsOf(meetingId);
    expect(minutes).toContain('的密码和动态口令经运维人员申请、审判人员确认后重置');
    expect(timeline.map(({ code }) => code)).toContain('CREDENTIAL_RESET');
  });

  it('of somebody who has nothing to do with the case is in no record', async () => {
    const { meetingId } = await beginMeeting(server);
    const { operator, judge, reviewer } = server.staff;
    const { staff } = server.composed.accounts;
    const { requestId } = await staff.requestReset(operator, reviewer.personId);
    await staff.confirmReset(judge, requestId);
    expect(await resetsOf(meetingId)).toEqual([]);
  });
});
