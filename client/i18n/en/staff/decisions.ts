/** Words of the page on which decisions of the court are recorded. */
export const decisions = {
  decisions: {
    title: 'Decisions of the court',
    note: 'Rulings, approvals, recognitions and revocations of the court, and applications to it, stand with their item. The system records them and judges nothing.',
    empty: 'Nothing is put to the vote in this meeting.',
    back: 'Back to the decisions',
    open: 'Record',
    look: 'Look',
    notVoted: 'Not voted on yet',
    notVerified: 'Verification of claims (no vote), not ended',
    waits: 'Waits for the court',
    recorded: '{{count}} recorded',
    formTitle: 'Record a decision or an application',
    mayNot: 'Decisions are recorded by the judge, the clerk and the lead administrator.',
    kind: 'What it is',
    round: 'Of which vote',
    allRounds: 'Any',
    group: 'Group concerned',
    allGroups: 'All',
    decidedOn: 'Date of the decision or application',
    reference: 'Number of the document, or name of the application',
    referenceHint: 'Such as （2026）浙01破12号之三',
    text: 'What was decided',
    document: 'Document (upload it in the documents of the case first)',
    noDocument: 'Without a document',
    submit: 'Record',
    confirmTitle: 'Once recorded it cannot be changed or deleted',
    confirmSentence:
      'With “{{title}}” this is recorded: {{kind}}, {{reference}}, {{date}}. Everybody in the meeting will see it.',
    confirmNow: 'Record it',
    done: 'Recorded.',
    missing: {
      kind: 'Say what it is.',
      date: 'Give the date, not later than today.',
      reference: 'Give the number of the document or the name of the application.',
      answers: '{{count}} conditions have no answer, or an answer without reasons.',
    },
    hint: {
      COURT_RULING:
        'A management or realisation plan that failed in one vote, or a distribution plan that failed in two: the court rules (art. 65).',
      COURT_RECOGNITION: 'Recognised (arts. 98, 105, 115), or undisputed claims confirmed (art. 58).',
      PLAN_APPROVAL_APPLICATION:
        'Where all groups passed the plan, the debtor or the administrator applies to the court within ten days of its passing (art. 86(2)). The day on which it was applied for decides whether the time limit is met.',
      COURT_APPROVAL:
        'The plan approved (art. 86), or members of the committee approved in writing (art. 67).',
      COURT_REFUSAL: 'Not approved or not recognised (arts. 88, 99).',
      REVOKED:
        'A creditor whom an unlawful resolution harms may ask the court within 15 days to revoke it (art. 64(2); Interpretation III art. 12).',
      REVOKED_IN_PART:
        'The court may revoke some of the matters only (Interpretation III art. 12); say which ones.',
      CRAM_DOWN_APPLICATION:
        'Where a group did not pass the plan and will not vote again, or failed again, the debtor or the administrator may apply for approval (art. 87(2)). Answer each condition.',
      CRAM_DOWN_APPROVAL:
        'Where the court finds the conditions of art. 87(2) met, it approves the plan and ends the reorganisation (art. 87(3)).',
      RECONSIDERATION_APPLICATION:
        'Against a ruling of art. 65(1) any creditor, against one of art. 65(2) creditors with at least half of all unsecured claims; within 15 days, the ruling is carried out meanwhile (art. 66).',
      RECONSIDERATION_DECISION: 'The decision on an application for reconsideration (art. 66).',
      LOT_DRAWN: '',
      OTHER: 'Any other decision of the court on this item.',
    },
    unsecured: 'Unsecured claims in this item: {{amount}}, half of it is {{half}}.',
    checklist: 'Art. 87(2): the six conditions, one by one',
    checklistNote:
      'The applicant answers each with reasons and figures; the system does not judge them, the court does.',
    statement: 'Reasons and figures',
    statementNeeded: 'Reasons and figures (needed)',
    answerOf: 'Answer',
    answer: { YES: 'Met', NO: 'Not met', NOT_APPLICABLE: 'Does not apply' },
    line: {
      MET_BY_CONSENT: 'The groups concerned passed',
      NOT_CONCERNED: 'No group concerned was formed',
      TO_BE_SHOWN: 'To be shown',
    },
    figures: '{{group}}: {{outcome}}, for: {{heads}} heads, {{amount}}',
  },
} as const;
