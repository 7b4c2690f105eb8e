import type { ThemeConfig } from 'antd';
import { theme } from './theme.ts';

const { colour } = theme;

/**
 * Without animation (base.css takes it away where the system asks for that) antd would wait for ends that
 * never come, and lists and dialogs would never open.
 */
const isMotionWanted = !(globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false);

/** antd's tokens for the staff pages, from the same values as the creditor's CSS variables. */
export const antdTheme: ThemeConfig = {
  token: {
    colorPrimary: colour.primary,
    colorInfo: colour.primary,
    colorLink: colour.primary,
    colorText: colour.ink,
    colorTextSecondary: colour.muted,
    // Hints and placeholders are read too: antd's own greys are too light for that.
    colorTextTertiary: colour.muted,
    colorTextDescription: colour.muted,
    colorTextPlaceholder: colour.muted,
    colorBgLayout: colour.ground,
    colorBorder: colour.line,
    colorError: colour.error,
    colorWarning: colour.noticeLine,
    // antd would derive grey tints from colours this dark.
    colorErrorBg: colour.errorSoft,
    colorWarningBg: colour.notice,
    colorWarningBorder: colour.noticeLine,
    colorInfoBg: colour.primarySoft,
    colorPrimaryBg: colour.primarySoft,
    borderRadius: theme.radiusPx,
    fontFamily: theme.fontFamily,
    fontSize: 14,
    motion: isMotionWanted,
  },
  // The general radius would make the box look like a radio button.
  components: { Checkbox: { borderRadiusSM: 3 } },
};
