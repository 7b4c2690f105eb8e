import { App, Button, Modal } from 'antd';
import {
  noticeRoutes,
  type NoticeDraft,
  type NoticeOffer,
  type NoticesView,
} from '../../../../server/protocol/rest/notice-routes.ts';
import { call } from '../../../api/call.ts';
import { useResource } from '../../../state/use-resource.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useWords } from '../../parts/use-words.ts';
import { NotReaching } from './NotReaching.tsx';
import { offerName } from './offer-name.ts';

interface DraftedNoticeProps {
  readonly meetingId: string;
  readonly offer: NoticeOffer;
  readonly reaches: NoticesView['reaches'];
  readonly onDone: () => void;
}

/** The notice as it would go out now, to how many and by which channels; issued after one confirmation. */
export function DraftedNotice({ meetingId, offer, reaches, onDone }: DraftedNoticeProps) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { isBusy, error, run } = useAction();
  const { kind, resolutionId } = offer;
  const params = { meetingId };
  const subject = { kind, ...(resolutionId !== null && { resolutionId }) };
  const draft = useResource(`notice-draft/${meetingId}/${resolutionId ?? kind}`, () =>
    call(noticeRoutes.noticeDraft, { params, query: subject }),
  );
  const issue = async (recipients: number) => {
    const isDone = await run(async () => {
      const body = { ...subject, expectedRecipients: recipients };
      await call(noticeRoutes.issueNotice, { params, body });
    });
    if (isDone) onDone();
    else draft.reload();
  };
  const ask = ({ title, recipients, withMail }: NoticeDraft) => {
    void modal.confirm({
      title: t('staff.notices.confirmTitle', { title }),
      content: (
        <>
          <p>{t('staff.notices.confirmSentence', { recipients, withMail })}</p>
          <p>{t('staff.notices.irreversible')}</p>
        </>
      ),
      okText: t('staff.notices.confirm', { recipients }),
      cancelText: t('staff.common.back'),
      width: 520,
      onOk: () => issue(recipients),
    });
  };
  const { data } = draft;
  return (
    <Modal
      open
      width={760}
      title={offerName(offer, t)}
      onCancel={onDone}
      footer={[
        <Button key="cancel" onClick={onDone}>
          {t('staff.common.cancel')}
        </Button>,
        <Button
          key="issue"
          type="primary"
          disabled={data === undefined || data.recipients === 0}
          loading={isBusy}
          onClick={() => data && ask(data)}
        >
          {t('staff.notices.issue')}
        </Button>,
      ]}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Loaded resource={draft}>{(view) => <DraftText draft={view} reaches={reaches} />}</Loaded>
    </Modal>
  );
}

function DraftText({
  draft,
  reaches,
}: { readonly draft: NoticeDraft } & Pick<DraftedNoticeProps, 'reaches'>) {
  const { t } = useWords();
  const { title, text, shortText, recipients, withMail } = draft;
  return (
    <div className="notice-draft">
      <dl className="facts">
        <div>
          <dt>{t('staff.notices.column.recipients')}</dt>
          <dd>{t('staff.notices.creditors', { count: recipients })}</dd>
        </div>
        <div>
          <dt>{t('staff.notices.channels')}</dt>
          <dd>{t('staff.notices.channelCounts', { recipients, withMail })}</dd>
        </div>
      </dl>
      {recipients === 0 ? <p role="status">{t('staff.notices.nobody')}</p> : null}
      <NotReaching reaches={reaches} />
      <section aria-labelledby="notice-text">
        <h3 id="notice-text">{t('staff.notices.fullText')}</h3>
        <div className="notice-paper">
          <strong>{title}</strong>
          <p>{text}</p>
        </div>
      </section>
      <section aria-labelledby="notice-sms">
        <h3 id="notice-sms">{t('staff.notices.shortText', { length: shortText.length })}</h3>
        <p className="notice-paper">{shortText}</p>
      </section>
    </div>
  );
}
