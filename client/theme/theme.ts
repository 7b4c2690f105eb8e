/**
 * The look, in one place: the plain creditor pages read it as CSS variables, the staff pages as antd
 * tokens. Contrast of every text colour on its ground is at least 4.5:1.
 */
export const theme = {
  colour: {
    ink: '#1f2933',
    muted: '#52606d',
    ground: '#f4f6f8',
    surface: '#ffffff',
    line: '#c5ced8',
    lineStrong: '#7b8794',
    primary: '#1d4f91',
    primaryInk: '#ffffff',
    primarySoft: '#e8eff8',
    notice: '#fff6e0',
    noticeLine: '#b7791f',
    noticeInk: '#6b4200',
    error: '#97201c',
    errorSoft: '#fdf1f0',
    stage: '#12161c',
    stageInk: '#f1f4f7',
    focus: '#0b65c2',
  },
  radiusPx: 8,
  fontFamily:
    "system-ui, -apple-system, 'PingFang SC', 'HarmonyOS Sans SC', 'MiSans', 'Noto Sans SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
} as const;

/** Base type of the creditor's pages as a part of the browser's own size: 18 px of 16, so that the phone's setting counts. */
const CREDITOR_BASE_PERCENT = 112.5;

/** How much larger everything is in 长辈版. */
const LARGE_TYPE_FACTOR = 1.3;

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

/** Puts the theme on the root element. Through the CSSOM, which a strict content policy allows. */
export function applyTheme(root: HTMLElement): void {
  for (const [name, value] of Object.entries(theme.colour)) root.style.setProperty(`--${kebab(name)}`, value);
  root.style.setProperty('--radius', `${theme.radiusPx}px`);
  root.style.setProperty('--font', theme.fontFamily);
}

/** Large type is one variable: every creditor page measures in rem. */
export function applyTypeSize(root: HTMLElement, isLarge: boolean): void {
  root.style.fontSize = `${CREDITOR_BASE_PERCENT * (isLarge ? LARGE_TYPE_FACTOR : 1)}%`;
  root.dataset['type'] = isLarge ? 'large' : 'standard';
}
