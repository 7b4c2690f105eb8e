import { useWords } from './use-words.ts';

/** Codes of GB/T 2260, two digits; their names are words of the catalogues (`staff.province.<code>`). */
const CODES = [
  11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61,
  62, 63, 64, 65, 71, 81, 82,
].map(String);

interface ProvinceOption {
  readonly value: string;
  readonly label: string;
}

/** All provinces for a select, in the order of the standard. */
export function useProvinceOptions(): ProvinceOption[] {
  const { t } = useWords();
  return CODES.map((value) => ({ value, label: t(`staff.province.${value}`) }));
}
