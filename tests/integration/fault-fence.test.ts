import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEntry } from '../../server/domain/record/entry.ts';
import { SAMPLE_SALT } from '../support/entry-samples.ts';
import { ballotOf, beginMeeting, enterCreditor, openVoteQuietly, voters } from '../support/meeting-scene.ts';
import { startMeetingServer, type MeetingServer, type TestMeeting } from '../support/meeting-server.ts';

let server: MeetingServer;
beforeAll(async () => {
  server = await startMeetingServer();
});
afterAll(() => server.close());

const DUPLICATE_KEY = 11_000;

/**
 * Another server believes that it is the writer and appends: this one is fenced with its next command. As a
 * server that takes over does, it looks again when the one that it does not know of was faster.
 */
async function appendFromElsewhere(meeting: TestMeeting): Promise<void> {
  for (let isAppended = false; !isAppended;) {
    isAppended = await tryToAppend(meeting).then(
      () => true,
      (error: { code?: unknown }) => {
        if (error.code !== DUPLICATE_KEY) throw error;
        return false;
      },
    );
  }
}

async function tryToAppend({ meetingId, origin }: TestMeeting): Promise<void> {
  const entries = await server.ledger(meetingId);
  const { bytes } = encodeEntry(
    { t: 'incident', body: { code: 'FROM_ELSEWHERE' } },
    {
      origin,
      epoch: Number(entries.at(-1)?.epoch) + 1,
      seq: entries.length,
      tsMs: server.clock.now(),
      salt: SAMPLE_SALT,
    },
  );
  const entry = { seq: entries.length, key: undefined, bytes };
  await server.composed.stores.ledger.append(meetingId, [entry], 5_000);
}

describe('a server that another writer has fenced', () => {
  it('drops its state, takes the ledger over again by itself, and goes on with what it finds', async () => {
    const scene = await beginMeeting(server);
    await openVoteQuietly(server, scene);
    const [first, second] = (await voters(server, scene)).list;
    if (!first || !second) throw new Error('too few voters');
    const [one, two] = [
      await enterCreditor(server, scene, first),
      await enterCreditor(server, scene, second),
    ];
    const ballot = await ballotOf(server, scene, first);
    const receipt = await one.ask('ballot:cast', { ballot });
    await appendFromElsewhere(scene);
    const late = await ballotOf(server, scene, second);
    const fenced = await two.request('ballot:cast', { ballot: late });
    expect(fenced).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } });
    // Devices that come and go meanwhile touch a state that is not there.
    one.close();
    const back = await server.connect(first.personId);
    await back.join(scene.meetingId);
    await scene.judge.until(() =>
      scene.judge.state().incidents?.items.some(({ code }) => code === 'FROM_ELSEWHERE'),
    );
    expect(await back.ask('ballot:cast', { ballot })).toEqual(receipt);
    await two.ask('ballot:cast', { ballot: late });
    await scene.host.until(() => scene.host.state()[`tally:${scene.resolutionId}`]?.castHeads === 2);
    const epochs = new Set((await server.ledger(scene.meetingId)).map(({ epoch }) => epoch));
    expect(epochs.size).toBeGreaterThanOrEqual(3);
  });

  it('answers no ballot before the rolls are there again', async () => {
    const scene = await beginMeeting(server);
    await openVoteQuietly(server, scene);
    const { list } = await voters(server, scene);
    const devices = await Promise.all(list.slice(0, 8).map((voter) => enterCreditor(server, scene, voter)));
    await appendFromElsewhere(scene);
    const answers = new Set<string>();
    await Promise.all(
      devices.map(async (device, index) => {
        const voter = list[index];
        if (!voter) throw new Error('no voter');
        const ballot = await ballotOf(server, scene, voter);
        let ack = await device.request('ballot:cast', { ballot });
        while (!ack.ok) {
          answers.add(ack.error.code);
          ack = await device.request('ballot:cast', { ballot });
        }
      }),
    );
    expect([...answers].filter((code) => code !== 'UNAVAILABLE' && code !== 'RATE_LIMITED')).toEqual([]);
  });
});
