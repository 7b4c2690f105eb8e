import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { minutesRoutes, type SealView } from '../../../server/protocol/rest/minutes-routes.ts';
import { call, routeUrl } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';

/** 笔录定稿: the minutes whose hashes stand in the record, and sealing them as they are now. */
export function SealedMinutes({ meetingId }: { readonly meetingId: string }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { isBusy, error, run } = useAction();
  const seals = useResource(`seals/${meetingId}`, () => call(minutesRoutes.seals, { params: { meetingId } }));
  const seal = () =>
    run(async () => {
      await call(minutesRoutes.sealMinutes, { params: { meetingId } });
      seals.reload();
    });
  const ask = () => {
    void modal.confirm({
      title: t('staff.seal.action'),
      content: t('staff.seal.sentence'),
      okText: t('staff.seal.confirm'),
      cancelText: t('staff.common.back'),
      onOk: () => void seal(),
    });
  };
  return (
    <section className="panel" aria-labelledby="record-seals">
      <h2 id="record-seals">{t('staff.seal.title')}</h2>
      <p>{t('staff.seal.what')}</p>
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Loaded resource={seals}>
        {({ seals: list, maySeal }) => (
          <>
            {list.length === 0 ? <p className="muted">{t('staff.seal.none')}</p> : null}
            <ul>
              {list.map((each) => (
                <Seal key={each.revision} meetingId={meetingId} seal={each} />
              ))}
            </ul>
            {maySeal ? (
              <Button loading={isBusy} onClick={ask}>
                {t('staff.seal.action')}
              </Button>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Seal({ meetingId, seal }: { readonly meetingId: string; readonly seal: SealView }) {
  const { t, language } = useWords();
  const { revision, ts, lastSeq, seq } = seal;
  return (
    <li>
      {t('staff.seal.sealed', {
        number: Number(revision) + 1,
        time: dateTime(ts, language),
        lastSeq,
        seq,
      })}{' '}
      <span className="minutes-links">
        {(['docx', 'pdf'] as const).map((format) => (
          <Button
            key={format}
            size="small"
            icon={<DownloadOutlined aria-hidden="true" />}
            href={routeUrl(minutesRoutes.sealedMinutes, { params: { meetingId, revision, format } })}
            download
          >
            {t(`staff.record.minutes.${format}`)}
          </Button>
        ))}
      </span>
      <small className="attest-hash">SHA-256 (PDF) {seal.pdfSha256}</small>
    </li>
  );
}
