/**
 * The pages of one meeting, a chunk each. They are fetched as soon as one is in the meeting: a ballot must
 * not need the network for its page, nor a file that a newer build has meanwhile replaced on the server.
 */
export const meetingPages = {
  home: async () => ({ Component: (await import('../creditor/MeetingPage.tsx')).MeetingPage }),
  checkIn: async () => ({ Component: (await import('../creditor/CheckInPage.tsx')).CheckInPage }),
  room: async () => ({ Component: (await import('../creditor/room/RoomPage.tsx')).RoomPage }),
  ballot: async () => ({ Component: (await import('../creditor/ballot/BallotPage.tsx')).BallotPage }),
  confirm: async () => ({ Component: (await import('../creditor/ballot/ConfirmPage.tsx')).ConfirmPage }),
  receipt: async () => ({ Component: (await import('../creditor/ballot/ReceiptPage.tsx')).ReceiptPage }),
  myBallots: async () => ({
    Component: (await import('../creditor/ballot/MyBallotsPage.tsx')).MyBallotsPage,
  }),
  objectToEntry: async () => ({
    Component: (await import('../creditor/ballot/ObjectToEntryPage.tsx')).ObjectToEntryPage,
  }),
  bulk: async () => ({ Component: (await import('../creditor/ballot/bulk/BulkPage.tsx')).BulkPage }),
  bulkConfirm: async () => ({
    Component: (await import('../creditor/ballot/bulk/BulkConfirmPage.tsx')).BulkConfirmPage,
  }),
  bulkSent: async () => ({
    Component: (await import('../creditor/ballot/bulk/BulkSentPage.tsx')).BulkSentPage,
  }),
  printReceipts: async () => ({
    Component: (await import('../creditor/ballot/PrintReceiptsPage.tsx')).PrintReceiptsPage,
  }),
  documents: async () => ({ Component: (await import('../creditor/DocumentsPage.tsx')).DocumentsPage }),
  rights: async () => ({ Component: (await import('../creditor/RightsPage.tsx')).RightsPage }),
  claims: async () => ({ Component: (await import('../creditor/claims/ClaimsPage.tsx')).ClaimsPage }),
  objectToClaim: async () => ({
    Component: (await import('../creditor/claims/ObjectPage.tsx')).ObjectPage,
  }),
  notices: async () => ({
    Component: (await import('../creditor/notices/NoticesPage.tsx')).NoticesPage,
  }),
  notice: async () => ({ Component: (await import('../creditor/notices/NoticePage.tsx')).NoticePage }),
  results: async () => ({ Component: (await import('../creditor/VerdictPage.tsx')).VerdictPage }),
};

/** Fetches them all, quietly: what fails now is asked for again when it is needed. */
export async function fetchMeetingPages(): Promise<void> {
  await Promise.allSettled(Object.values(meetingPages).map((load) => load()));
}
