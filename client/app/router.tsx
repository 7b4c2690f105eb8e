import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorPage, NotFoundPage } from './ErrorPage.tsx';
import { RequireSession } from './RequireSession.tsx';
import { Root } from './Root.tsx';

/** One line per page; each is a chunk of its own, loaded when it is first visited. */
const meetingPages: RouteObject[] = [
  {
    index: true,
    lazy: async () => ({ Component: (await import('../creditor/MeetingPage.tsx')).MeetingPage }),
  },
  {
    path: 'check-in',
    lazy: async () => ({ Component: (await import('../creditor/CheckInPage.tsx')).CheckInPage }),
  },
  {
    path: 'room',
    lazy: async () => ({ Component: (await import('../creditor/room/RoomPage.tsx')).RoomPage }),
  },
  {
    path: 'vote/:resolutionId/:unitId',
    lazy: async () => ({ Component: (await import('../creditor/ballot/BallotPage.tsx')).BallotPage }),
  },
  {
    path: 'vote/:resolutionId/:unitId/confirm',
    lazy: async () => ({ Component: (await import('../creditor/ballot/ConfirmPage.tsx')).ConfirmPage }),
  },
  {
    path: 'vote/:resolutionId/:unitId/receipt',
    lazy: async () => ({ Component: (await import('../creditor/ballot/ReceiptPage.tsx')).ReceiptPage }),
  },
  {
    path: 'my-ballots',
    lazy: async () => ({ Component: (await import('../creditor/ballot/MyBallotsPage.tsx')).MyBallotsPage }),
  },
  {
    path: 'documents',
    lazy: async () => ({ Component: (await import('../creditor/DocumentsPage.tsx')).DocumentsPage }),
  },
  {
    path: 'rights',
    lazy: async () => ({ Component: (await import('../creditor/RightsPage.tsx')).RightsPage }),
  },
  {
    path: 'results/:resolutionId',
    lazy: async () => ({ Component: (await import('../creditor/VerdictPage.tsx')).VerdictPage }),
  },
];

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
        children: meetingPages,
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
