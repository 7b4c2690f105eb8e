import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorPage, NotFoundPage } from './ErrorPage.tsx';
import { meetingPages } from './meeting-pages.ts';
import { RequireSession } from './RequireSession.tsx';
import { Root } from './Root.tsx';

const belowMeeting: RouteObject[] = [
  { index: true, lazy: meetingPages.home },
  { path: 'check-in', lazy: meetingPages.checkIn },
  { path: 'room', lazy: meetingPages.room },
  { path: 'vote/:resolutionId/:unitId', lazy: meetingPages.ballot },
  { path: 'vote/:resolutionId/:unitId/confirm', lazy: meetingPages.confirm },
  { path: 'vote/:resolutionId/:unitId/receipt', lazy: meetingPages.receipt },
  { path: 'votes/:resolutionId', lazy: meetingPages.bulk },
  { path: 'votes/:resolutionId/confirm', lazy: meetingPages.bulkConfirm },
  { path: 'votes/:resolutionId/sent', lazy: meetingPages.bulkSent },
  { path: 'my-ballots', lazy: meetingPages.myBallots },
  { path: 'entered/:entryId', lazy: meetingPages.objectToEntry },
  { path: 'my-ballots/print', lazy: meetingPages.printReceipts },
  { path: 'documents', lazy: meetingPages.documents },
  { path: 'rights', lazy: meetingPages.rights },
  { path: 'claims', lazy: meetingPages.claims },
  { path: 'claims/:claimNo', lazy: meetingPages.objectToClaim },
  { path: 'notices', lazy: meetingPages.notices },
  { path: 'notices/:noticeId', lazy: meetingPages.notice },
  { path: 'results/:resolutionId', lazy: meetingPages.results },
];

/** One entry per page; each is a chunk of its own, loaded when it is first visited. */
const pages: RouteObject[] = [
  {
    index: true,
    lazy: async () => ({ Component: (await import('../creditor/entry/StartPage.tsx')).StartPage }),
  },
  {
    path: 'm/:linkCode',
    lazy: async () => ({ Component: (await import('../creditor/entry/LinkPage.tsx')).LinkPage }),
  },
  {
    path: 'sign-in',
    lazy: async () => ({ Component: (await import('../creditor/sign-in/SignInPage.tsx')).SignInPage }),
  },
  {
    path: 'staff/sign-in',
    lazy: async () => ({
      Component: (await import('../creditor/sign-in/StaffSignInPage.tsx')).StaffSignInPage,
    }),
  },
  {
    element: <RequireSession signInAt="/sign-in" />,
    children: [
      {
        path: 'meetings',
        lazy: async () => ({ Component: (await import('../creditor/entry/MeetingsPage.tsx')).MeetingsPage }),
      },
      {
        path: 'meetings/:meetingId',
        lazy: async () => ({ Component: (await import('../creditor/MeetingLayout.tsx')).MeetingLayout }),
        children: belowMeeting,
      },
    ],
  },
  {
    // Below /staff the staff's own application decides, sign-in included: it alone knows antd.
    path: 'staff/*',
    lazy: async () => ({ Component: (await import('../staff/StaffApp.tsx')).StaffApp }),
  },
  { path: '*', element: <NotFoundPage /> },
];

export function createRouter() {
  return createBrowserRouter([
    { element: <Root />, errorElement: <ErrorPage />, hydrateFallbackElement: <></>, children: pages },
  ]);
}
