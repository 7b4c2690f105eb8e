import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { installTrustedTypes } from './app/trusted-types.ts';
import { createRouter } from './app/router.tsx';
import { restorePreferences } from './state/preferences.ts';
import { applyTheme } from './theme/theme.ts';
import './theme/base.css';

/** The words are loaded first: nothing is drawn twice. */
async function start(): Promise<void> {
  installTrustedTypes();
  applyTheme(document.documentElement);
  await restorePreferences();
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <RouterProvider router={createRouter()} />
    </StrictMode>,
  );
}

void start();
