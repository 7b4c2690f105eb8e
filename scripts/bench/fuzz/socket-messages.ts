/** Messages as clients send them, to begin from. */
export const socketMessages: readonly unknown[] = [
  { meetingId: 'meeting-1' },
  { audience: 'public', epoch: 'epoch-1', rev: 7 },
  { capacityIds: ['capacity-1', 'capacity-2'] },
  {
    ballot: {
      v: '1',
      origin: 'demo/inst-1/meeting-1',
      resolutionId: 'resolution-1',
      round: '1',
      rollRoot: Buffer.alloc(32).toString('base64'),
      unitId: 'unit-1',
      choice: 'for',
      version: '0',
      actingAs: 'capacity-1',
      documentsRoot: Buffer.alloc(32).toString('base64'),
      nonce: Buffer.alloc(16).toString('base64url'),
      clientTs: '2026-11-22T07:00:00.000Z',
    },
    auth: { keyId: 'key-1', signature: Buffer.alloc(64).toString('base64') },
  },
  {
    resolutionId: 'resolution-1',
    expectedClosesAt: '2026-11-22T08:00:00.000Z',
    closesAt: '2026-11-22T09:00:00.000Z',
    reason: '部分债权人网络中断',
    courtConsentNo: '（2026）浙01破12号之二',
  },
];
