/** What `npm run verify` was asked: one bundle, and what came from outside of it. */

export interface VerifyArguments {
  readonly bundle: string;
  readonly policy?: string;
  readonly checkpoint?: string;
  readonly receipt?: string;
  /** `--tsa-ca`. */
  readonly authority?: string;
  readonly isJson: boolean;
}

export const USAGE = `npm run verify -- bundle.zip [--policy FILE] [--checkpoint FILE] [--receipt FILE] [--tsa-ca FILE] [--json]

  bundle.zip          存证包 / the evidence bundle
  --policy FILE       可信密钥和见证方（须另行取得）/ trusted keys and witnesses, obtained from elsewhere
  --checkpoint FILE   您保存的检查点 / a signed checkpoint that you kept
  --receipt FILE      您的表决回执 / a receipt that you kept
  --tsa-ca FILE       时间戳服务机构的根证书（PEM，须另行取得）/ root of the time-stamp authority, PEM, from elsewhere
  --json              以 JSON 输出 / print the report as JSON
  --help              显示本说明 / print this and do nothing

  0 核验通过 / verified    1 不通过 / failed    2 参数或文件有误 / wrong arguments or files
  3 仅自身一致（未提供策略）/ self-consistent only, for want of a policy
  4 核验程序自身出错 / the verifier itself could not finish`;

const FILES = {
  '--policy': 'policy',
  '--checkpoint': 'checkpoint',
  '--receipt': 'receipt',
  '--tsa-ca': 'authority',
} as const;
type FileOption = (typeof FILES)[keyof typeof FILES];
const isFileWord = (word: string): word is keyof typeof FILES => Object.hasOwn(FILES, word);

/** Undefined when it was not asked as the usage says. */
export function readArguments(args: readonly string[]): VerifyArguments | undefined {
  const files: Partial<Record<FileOption, string>> = {};
  const bundles: string[] = [];
  let isJson = false;
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (isFileWord(word)) {
      const option = FILES[word];
      const file = args[++index];
      if (file === undefined || files[option] !== undefined) return undefined;
      files[option] = file;
    } else if (word === '--json') isJson = true;
    else if (word.startsWith('-')) return undefined;
    else bundles.push(word);
  }
  const [bundle, ...more] = bundles;
  if (bundle === undefined || more.length > 0) return undefined;
  return { bundle, isJson, ...files };
}
