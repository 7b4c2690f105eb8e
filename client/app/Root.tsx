import { Outlet } from 'react-router';
import { Announcer } from '../components/Announcer.tsx';

export function Root() {
  return (
    <>
      <Outlet />
      <Announcer />
    </>
  );
}
