import type { TFunction } from 'i18next';
import type { ControlTotals, ImportPreview } from '../../../../server/protocol/rest/case-routes.ts';
import { yuan } from '../../../format/money.ts';
import { useWords } from '../../parts/use-words.ts';
import { YuanCell } from '../../parts/YuanCell.tsx';

function Sums({ sums }: { readonly sums: ControlTotals }) {
  return (
    <>
      <td>{sums.rows}</td>
      <td>{sums.creditors}</td>
      <td>
        <YuanCell fen={sums.filedFen} />
      </td>
      <td>
        <YuanCell fen={sums.confirmedFen} />
      </td>
      <td>
        <YuanCell fen={sums.temporaryFen} />
      </td>
    </>
  );
}

/** ，另有出资人 1 名: added to a count of claims, empty where there are none. */
export function investorsOf(t: TFunction, { investors: { persons } }: ImportPreview): string {
  return persons === 0 ? '' : t('staff.import.andInvestors', { persons });
}

/** Rows, heads and sums by nature of claim, with the total that is confirmed. */
export function ControlTotalsTable({ preview }: { readonly preview: ImportPreview }) {
  const { t } = useWords();
  const { persons, contributionFen } = preview.investors;
  return (
    <>
      <table className="sums">
        <thead>
          <tr>
            <th scope="col">{t('staff.creditor.natures')}</th>
            <th scope="col">{t('staff.import.rows')}</th>
            <th scope="col">{t('staff.import.creditors')}</th>
            <th scope="col">{t('staff.creditor.filed')}</th>
            <th scope="col">{t('staff.creditor.confirmed')}</th>
            <th scope="col">{t('staff.creditor.temporary')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.byNature.map((row) => (
            <tr key={row.nature}>
              <th scope="row">{t(`nature.${row.nature}`, { defaultValue: row.nature })}</th>
              <Sums sums={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('staff.import.total')}</th>
            <Sums sums={preview.totals} />
          </tr>
        </tfoot>
      </table>
      {persons === 0 ? null : (
        <p>{t('staff.import.investors', { persons, amount: yuan(contributionFen) })}</p>
      )}
    </>
  );
}
