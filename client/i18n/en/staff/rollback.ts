/** A meeting whose record was rolled back, as staff read it. */
export const rollback = {
  rollback: {
    title: 'The record was rolled back; the meeting is stopped',
    what: 'Noticed at {{time}}: {{signed}} entries were signed, the database has {{found}}, or other ones. Nothing more is written to this meeting.',
    by: {
      signer: 'Known from: the signer, which remembers having signed more.',
      checkpoint: 'Known from: a stored checkpoint that the entries do not have.',
      client: 'Known from: a creditor’s browser, which holds a later checkpoint that this system signed.',
    },
    keep: 'Keep everything as it is: do not delete the database, the signer’s folder or the logs; the court’s version of the bundle can be downloaded.',
    restore: 'If an old backup was put back by mistake, put the right database back and the meeting goes on.',
    continue:
      'If it cannot be found, the administrator’s lead goes on under a new number: what has no verdict is voted on anew, and creditors hand in their receipts as evidence.',
    prepare: 'Prepare the meeting that goes on',
    prepareNow: 'Make the draft',
    prepareWhat:
      'A draft is made from the earlier meeting: host, agenda, and matters without a verdict. Check and publish it; entry 0 of the new record names the earlier checkpoint and what is missing; the old link leads to the new meeting.',
    startsAt: 'Starts at (Beijing time)',
    leadOnly: 'For the administrator’s lead.',
    drafted: 'The meeting that goes on (draft): {{title}}, {{time}}',
    continued: 'Goes on: {{title}}, {{time}}',
    evidence: 'Continuation and late receipts',
    from: 'This record goes on from {{origin}}: {{signed}} entries were signed, {{found}} were found.',
    evidenceWhat:
      'Receipts of ballots that the earlier record has lost, handed in by their holders and checked for signature and proof; they count in no vote here, the court decides.',
    noEvidence: 'Nobody has handed in a receipt yet.',
    lostSeq: 'Number then',
    creditor: 'Creditor',
    resolution: 'Matter',
    inRound: '{{title}} (round {{round}})',
    choice: 'Choice',
    receivedAt: 'Received then',
    handedIn: 'Handed in',
    handedInAt: 'number {{seq}}, {{time}}',
  },
} as const;
