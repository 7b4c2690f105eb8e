/**
 * Claims in another currency: converted at the middle rate of the day on which the case was accepted
 * (Enterprise Bankruptcy Law art. 46: claims fall due and are fixed then). The rate itself is the
 * administrator's; the table only shows it and it is held against the amount filed.
 */
import type { ClaimColumn } from '../../protocol/claims-import/columns.ts';
import { formatYuan, readExactDecimal } from '../money.ts';
import type { RowCells } from './row-cells.ts';
import type { OriginalCurrency } from './types.ts';

const CURRENCY_COLUMNS = ['currency', 'originalAmount', 'exchangeRate', 'conversionDate'] as const;

function readPositiveDecimal(cells: RowCells, key: ClaimColumn): string | undefined {
  const text = cells.text(key)?.replaceAll(',', '');
  if (text === undefined) return undefined;
  const decimal = readExactDecimal(text);
  if (decimal !== undefined && decimal.digits > 0n) return text;
  cells.report('DECIMAL_FORM', { column: key }, key);
  return undefined;
}

/** The filed amount at the given rate, in fen, half up: only compared, never stored. */
function convertedFen(amount: string, rate: string): bigint | undefined {
  const a = readExactDecimal(amount);
  const b = readExactDecimal(rate);
  if (a === undefined || b === undefined) return undefined;
  const unit = 10n ** BigInt(a.scale + b.scale);
  return (a.digits * b.digits * 200n + unit) / (unit * 2n);
}

export interface CurrencyContext {
  readonly filedFen: bigint | undefined;
  /** Acceptance date of the case, when known: claims are converted at its rate. */
  readonly acceptanceDate: string | undefined;
}

/** All four columns or none; yuan alone needs no conversion. */
export function readOriginalCurrency(
  cells: RowCells,
  context: CurrencyContext,
): OriginalCurrency | undefined {
  const filled = CURRENCY_COLUMNS.filter((key) => cells.has(key));
  if (filled.length === 0) return undefined;
  const currency = cells.has('currency') ? cells.text('currency')?.toUpperCase() : undefined;
  if (filled.length === 1 && (currency === 'CNY' || currency === 'RMB' || currency === '人民币'))
    return undefined;
  for (const column of CURRENCY_COLUMNS) {
    if (!cells.has(column)) cells.report('CURRENCY_INCOMPLETE', { column }, column);
  }
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) {
    cells.report('CURRENCY_CODE', { column: 'currency' }, 'currency');
  }
  const amount = readPositiveDecimal(cells, 'originalAmount');
  const rate = readPositiveDecimal(cells, 'exchangeRate');
  const date = cells.date('conversionDate');
  if (currency === undefined || amount === undefined || rate === undefined || date === undefined)
    return undefined;
  compareConversion(cells, { currency, amount, rate, date }, context);
  return { currency, amount, rate, date };
}

function compareConversion(cells: RowCells, original: OriginalCurrency, context: CurrencyContext): void {
  const { filedFen, acceptanceDate } = context;
  const expected = convertedFen(original.amount, original.rate);
  if (filedFen !== undefined && expected !== undefined && expected !== filedFen) {
    const params = { expected: formatYuan(expected), found: formatYuan(filedFen) };
    cells.report('CONVERSION_DIFFERS', params, 'originalAmount');
  }
  if (acceptanceDate !== undefined && original.date !== acceptanceDate) {
    cells.report('CONVERSION_DATE', { found: original.date, expected: acceptanceDate }, 'conversionDate');
  }
}
