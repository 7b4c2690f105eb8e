/** A meeting whose record was rolled back, as creditors read it. */
export const rollback = {
  rollback: {
    title: 'The record of this meeting was stopped',
    stopped: 'The meeting stands still: no signing in, speaking or voting',
    what: 'The server has fewer entries than were signed, or other ones. So that nothing can be changed unseen, nothing more is written to this meeting.',
    noticedAt: 'Noticed at',
    signed: 'Entries that were signed',
    found: 'Entries that were found',
    entries: '{{count}} entries',
    whatToDo: 'What you need to do',
    keepReceipts:
      'Keep your receipts (on this phone, by SMS, as files); do not sign out and do not clear the browser’s data.',
    wait: 'The administrator will go on with the meeting under a new number. The same link will lead there, and you will be asked for your receipts.',
    continued:
      'The meeting goes on under a new number: {{title}}, {{time}}. Please enter it and hand in your receipts.',
    goOn: 'Enter the meeting that goes on',
    handInTitle: 'Please hand in your receipts of the earlier meeting',
    handInWhy:
      'A part of the earlier record was lost. Your receipts prove how you voted then; the court decides what they are worth.',
    notCounted: 'Receipts handed in do not count in the votes of this meeting; please vote again here.',
    noneKept: 'This device has no receipts of the earlier meeting.',
    handIn: 'Hand in receipts ({{count}})',
    notYet: 'not handed in yet',
    notLost: 'this ballot was not lost; nothing to hand in',
    handedIn: 'handed in, number {{seq}} of the record',
    fromFile: 'A receipt saved as a file? Choose it to hand it in:',
  },
} as const;
