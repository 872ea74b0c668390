import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import '@fontsource/be-vietnam-pro/latin-400.css';
import '@fontsource/be-vietnam-pro/vietnamese-600.css';
import '@fontsource/be-vietnam-pro/latin-600.css';
import './theme/library.css';
import './theme/tokens.css';
import './theme/print.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/client';
import { startLive } from './api/live';
import { sessions } from './api/session';
import { router } from './router';
import { keptColours, startColours } from './theme/colours';
import { cssVariablesResolver, theme } from './theme/theme';
import { startWords } from './words/words';

// Asked for while the words come; the first page waits for it by itself.
void sessions.token().catch(() => undefined);
await startWords();
const colours = startColours();
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const root = document.getElementById('root');
// Where what keeps the page from scrolling below a dialog looks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce });
if (!root) throw new Error('The page has no place for the application.');

// Where nobody is signed in any more, the page that was open is come back to after the next sign-in.
sessions.subscribe(() => {
  if (sessions.now().state !== 'in') queries.clear();
  if (router.state.resolvedLocation) void router.invalidate();
});
startLive();

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={keptColours}
      defaultColorScheme={colours}
      getStyleNonce={() => nonce ?? ''}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
