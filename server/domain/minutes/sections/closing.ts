/** The last sections: time limits told, court rulings, and how the electronic record can be checked. */
import { deliveredOf, entriesOf, type Recorded } from '../../record/history/meeting-history.ts';
import { fact, note, text, type MinutesBlock, type MinutesSection } from '../content.ts';
import { time } from '../figures.ts';
import { attestedBlocks, type Attested } from './attested.ts';
import type { MinutesSource } from '../source.ts';
import { answerWords, cramDownWords, rulingWords } from '../vote-words.ts';
import { INTERPRETATION_3, LAW } from '../words.ts';

/** 企业破产法 arts. 58(3), 64(2), 66; 司法解释三 arts. 8, 12; 民法典 arts. 201, 203. */
export function remediesSection({ history }: MinutesSource): MinutesSection {
  const blocks: MinutesBlock[] = [
    text(
      `债权人认为债权人会议的决议违反法律规定，损害其利益的，可以自债权人会议作出决议之日起十五日内，请求人民法院裁定撤销该决议，责令债权人会议依法重新作出决议（${LAW}第64条第2款）。以非现场方式表决的，该期限自债权人收到通知之日起算（${INTERPRETATION_3}第12条）。`,
    ),
    text(
      '债权人、债务人对债权表记载的债权有异议的，应当说明理由和法律依据；经管理人解释或者调整后仍不服的，应当在债权人会议核查结束后十五日内向人民法院提起债权确认的诉讼（同一规定第8条）。',
    ),
  ];
  const follows = (code: string) => history.votes.some((vote) => vote.verdict?.body.followUp.includes(code));
  if (follows('COURT_RULING_65_2')) {
    blocks.push(
      text(
        `债权额占无财产担保债权总额二分之一以上的债权人对人民法院依照${LAW}第65条第2款作出的裁定不服的，可以自裁定宣布之日或者收到通知之日起十五日内向该人民法院申请复议，复议期间不停止裁定的执行（第66条）。`,
      ),
    );
  }
  if (follows('COURT_RULING')) {
    blocks.push(
      text(
        `对人民法院依照${LAW}第65条第1款作出的裁定不服的，可以自裁定宣布之日或者收到通知之日起十五日内向该人民法院申请复议，复议期间不停止裁定的执行（第66条）。`,
      ),
    );
  }
  blocks.push(note('期间开始的当日不计入；期间最后一日是法定休假日的，以休假日结束的次日为最后一日。'));
  return { heading: '权利救济和期限', blocks };
}

/** Rulings and notices of the result that followed the meeting; undefined when there are none. */
export function aftermathSection(source: MinutesSource): MinutesSection | undefined {
  const { history } = source;
  const rulings = entriesOf(history, 'ruling').flatMap((ruling) => rulingBlocks(source, ruling));
  const notices = entriesOf(history, 'notice')
    .filter(({ body }) => body.kind === 'RESULT')
    .map((notice) => {
      const { ts, body } = notice;
      const about =
        body.resolutionId === undefined ? '' : `（《${source.titleOfResolution(body.resolutionId)}》）`;
      const delivered = deliveredOf(history, notice);
      return text(
        `${time(ts)} 发出表决结果通知${about} ${body.recipients} 份，有送达证明的 ${delivered} 份。`,
      );
    });
  const blocks = [...rulings, ...notices];
  return blocks.length === 0 ? undefined : { heading: '会后事项', blocks };
}

/** What the court decided or was asked, with the applicant's answers to art. 87(2) where it is that. */
function rulingBlocks(source: MinutesSource, { ts, body }: Recorded<'ruling'>): MinutesBlock[] {
  const { open, freeText, titleOfResolution } = source;
  const { kind, resolutionId, decidedOn, commitments, checklist = [], order = [] } = body;
  const concerned = resolutionId === undefined ? '' : `（《${titleOfResolution(resolutionId)}》）`;
  const day = decidedOn === undefined ? '' : `，${decidedOn}`;
  const words = commitments.text === undefined ? '' : `：${freeText(commitments.text)}`;
  const lot = order.map((id, index) => `${index + 1}.《${titleOfResolution(id)}》`).join('，');
  return [
    text(
      `${time(ts)} ${rulingWords[kind]}${concerned}：${open(commitments.reference)}${day}${words}${lot === '' ? '' : `；次序：${lot}`}。`,
    ),
    ...checklist.map(({ condition, answer, statement }) =>
      note(
        `${cramDownWords[condition]}——${answerWords[answer]}${statement === undefined ? '' : `：${freeText(statement)}`}。`,
      ),
    ),
  ];
}

/** 电子签名法 arts. 5, 6; 民事诉讼证据规定 arts. 93, 94: what integrity and origin can be checked by. */
export function electronicSection(
  { history }: MinutesSource,
  attested: Attested | undefined,
): MinutesSection {
  const { last, size } = history;
  return {
    heading: '电子数据',
    blocks: [
      text(
        `本笔录由系统根据会议的电子记录自动生成。电子记录逐条追加、连续编号，不能修改或者删除；生成本笔录时共 ${size} 条，编号 0 至 ${last?.seq ?? '—'}。`,
      ),
      {
        kind: 'code',
        rows: [
          fact('记录标识', history.entries[0]?.origin ?? ''),
          fact('最后一条', `第 ${last?.seq ?? '—'} 号，${last ? time(last.ts) : '—'}`),
          fact('该条叶哈希 SHA-256', last?.leafHash ?? '—'),
        ],
      },
      ...attestedBlocks(attested),
    ],
  };
}
