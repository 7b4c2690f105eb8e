import { Button } from 'antd';
import { NavLink, Outlet, useNavigate } from 'react-router';
import { setLanguage } from '../state/preferences.ts';
import { signOut, useSession } from '../state/session.ts';
import { useToldAction } from './parts/use-action.ts';
import { useWords } from './parts/use-words.ts';
import { desksOf, useStaffRoles } from './staff-session.ts';

/** Header with the desks of one's roles, and the page below it. */
export function StaffLayout() {
  const { t, language } = useWords();
  const me = useSession((store) => store.me);
  const roles = useStaffRoles();
  const navigate = useNavigate();
  const { isBusy, run } = useToldAction();
  const leave = () =>
    run(async () => {
      await signOut();
      await navigate('/staff/sign-in');
    });
  return (
    <>
      <header className="staff-header">
        <strong className="staff-product">{t('staff.nav.product')}</strong>
        <nav aria-label={t('staff.nav.label')}>
          {desksOf(roles).map((desk) => (
            <NavLink key={desk} to={`/staff/${desk}`}>
              {t(`staff.nav.${desk}`)}
            </NavLink>
          ))}
        </nav>
        <span className="staff-person">
          {me?.name}
          <small>{me?.roles.map((role) => t(`staff.role.${role}`)).join('、')}</small>
        </span>
        <Button type="text" onClick={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}>
          {language === 'en' ? '中文' : 'English'}
        </Button>
        <Button loading={isBusy} onClick={() => void leave()}>
          {t('staff.nav.signOut')}
        </Button>
      </header>
      <main className="staff-main">
        <Outlet />
      </main>
    </>
  );
}
