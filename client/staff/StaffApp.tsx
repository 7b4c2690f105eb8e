import { App, ConfigProvider, Skeleton } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useState, type ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { NotFoundPage } from '../app/ErrorPage.tsx';
import { RequireSession } from '../app/RequireSession.tsx';
import { loadArea } from '../i18n/i18n.ts';
import { usePreferences } from '../state/preferences.ts';
import { antdTheme } from '../theme/antd-theme.ts';
import { CasePage } from './cases/CasePage.tsx';
import { CasesPage } from './cases/CasesPage.tsx';
import { DecisionPage } from './decisions/DecisionPage.tsx';
import { DecisionsPage } from './decisions/DecisionsPage.tsx';
import { DeskPage } from './desk/DeskPage.tsx';
import { ObjectionsPage } from './objections/ObjectionsPage.tsx';
import { EnrolPage } from './operator/EnrolPage.tsx';
import { OperatorPage } from './operator/OperatorPage.tsx';
import { EnterPaperPage } from './papers/EnterPaperPage.tsx';
import { PaperPage } from './papers/PaperPage.tsx';
import { PapersPage } from './papers/PapersPage.tsx';
import { PreparePage } from './prepare/PreparePage.tsx';
import { RecordPage } from './review/RecordPage.tsx';
import { ReviewPage } from './review/ReviewPage.tsx';
import { desksOf, staffHome, useStaffRoles, type Desk } from './staff-session.ts';
import { StaffLayout } from './StaffLayout.tsx';
import './staff.css';

function StaffHome() {
  return <Navigate to={staffHome(useStaffRoles())} replace />;
}

/** A desk of another role leads to one's own: the server would refuse every request of it. */
function At({ desk, children }: { readonly desk: Desk; readonly children: ReactNode }) {
  const roles = useStaffRoles();
  return desksOf(roles).includes(desk) ? children : <Navigate to={staffHome(roles)} replace />;
}

/** The desks of administrator, court, reviewer and operator; mounted at `/staff/*` and loaded only there. */
export function StaffApp() {
  const language = usePreferences((state) => state.language);
  const [hasWords, setHasWords] = useState(false);
  useEffect(() => {
    void loadArea('staff').then(() => setHasWords(true));
  }, []);
  return (
    <ConfigProvider
      theme={antdTheme}
      locale={language === 'en' ? enUS : zhCN}
      // antd puts a space between two Chinese characters of a button: names would not be found as written.
      button={{ autoInsertSpace: false }}
    >
      <App className="staff">
        {hasWords ? (
          <Routes>
            <Route path="setup" element={<EnrolPage who="operator" />} />
            <Route path="enrol" element={<EnrolPage who="staff" />} />
            <Route element={<RequireSession signInAt="/staff/sign-in" />}>
              <Route path="meetings/:meetingId/desk" element={<DeskPage />} />
              <Route element={<StaffLayout />}>
                <Route index element={<StaffHome />} />
                <Route
                  path="cases"
                  element={
                    <At desk="cases">
                      <CasesPage />
                    </At>
                  }
                />
                <Route
                  path="cases/:caseId"
                  element={
                    <At desk="cases">
                      <CasePage />
                    </At>
                  }
                />
                <Route path="meetings/:meetingId/prepare" element={<PreparePage />} />
                <Route path="meetings/:meetingId/objections" element={<ObjectionsPage />} />
                <Route path="meetings/:meetingId/decisions" element={<DecisionsPage />} />
                <Route path="meetings/:meetingId/decisions/:resolutionId" element={<DecisionPage />} />
                <Route path="meetings/:meetingId/papers" element={<PapersPage />} />
                <Route path="meetings/:meetingId/papers/new" element={<EnterPaperPage />} />
                <Route path="meetings/:meetingId/papers/:entryId" element={<PaperPage />} />
                <Route
                  path="review"
                  element={
                    <At desk="review">
                      <ReviewPage />
                    </At>
                  }
                />
                <Route path="review/:meetingId" element={<RecordPage />} />
                <Route
                  path="operator"
                  element={
                    <At desk="operator">
                      <OperatorPage />
                    </At>
                  }
                />
              </Route>
            </Route>
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        ) : (
          <Skeleton active />
        )}
      </App>
    </ConfigProvider>
  );
}
