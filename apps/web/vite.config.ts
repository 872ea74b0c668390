import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { partedWords } from './parted-words';
import { verifierAlias } from './verifier-alias';

const packages = [
  ...['react', 'react-dom', 'scheduler', 'react-i18next', 'i18next', 'openapi-[\\w-]+', 'clsx', 'use-sync-external-store'],
  ...['@tanstack/(react-router|router-core|history|react-store|store|react-query|query-core)', '@mantine/core/esm/core', '@mantine/hooks'],
];
const components =
  'Alert|Anchor|AppShell|Badge|Box|Burger|Button|Card|Checkbox|CloseButton|Group|Image|Indicator|InlineInput|Input|InputBase|Loader|NativeSelect|' +
  'NavLink|Paper|Skeleton|Stack|Table|Tabs|Text|TextInput|Title|UnstyledButton';
const ours = [
  '(api|words|format|theme)/(?!(vi|en)\\.json)',
  'frame/(?!palette|keys-sheet|who-menu|dialog|code-path)',
  'table/(?!endless)',
  'form/(typed|words-field)',
  'worklist/(?!claiming-dialog|several/several-dialog)',
  '[\\w/-]+-search\\.ts',
  '(?!history|dashboard)[\\w/-]+-quer(y|ies)\\.ts',
];
/** What nearly every page is made of comes in one piece: many small ones pack worse, and each is a request. It must need nothing besides itself. */
const everywhere = new RegExp(
  `node_modules/(${packages.join('|')}|@mantine/core/esm/components/(${components}))/|web/src/(${ours.join('|')})`,
);

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    tanstackRouter({
      routesDirectory: `${import.meta.dirname}/src/routes`,
      generatedRouteTree: `${import.meta.dirname}/src/route-tree.gen.ts`,
      autoCodeSplitting: true,
      quoteStyle: 'single',
      semicolons: true,
    }),
    react(),
    partedWords(),
    small(),
    early(),
    packed(),
  ],
  resolve: { alias: verifierAlias },
  // The server writes the nonce of each answer here.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: `${import.meta.dirname}/../../dist/web`,
    emptyOutDir: true,
    target: 'es2022',
    // Those that know light-dark(): what would stand for it has no colour until a variable is set.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    // What is inlined as data: would have to be allowed by the policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', test: everywhere }] } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});

/** Of two large libraries, all that the frame of a page wants is a function and two names; what floats over the page wants the rest, later. */
function small(): Plugin {
  const parts: Readonly<Record<string, string>> = {
    '@floating-ui/react': "import { useMergedRef } from '@mantine/hooks';\nexport const useMergeRefs = (refs) => useMergedRef(...refs);",
    'react-remove-scroll': `import { fullWidthClassName, zeroRightClassName } from 'react-remove-scroll-bar/constants';
      export const RemoveScroll = { classNames: { fullWidth: fullWidthClassName, zeroRight: zeroRightClassName } };`,
  };
  return {
    name: 'small',
    enforce: 'pre',
    resolveId: (source, importer = '') =>
      /\/(ScrollArea|AppShell)\//.test(importer) && Object.hasOwn(parts, source) ? `\0part:${source}` : null,
    load: (id) => parts[id.replace('\0part:', '')] ?? null,
  };
}

/** The words that most people read come beside the code that fetches them, not after it. */
function early(): Plugin {
  return {
    name: 'early',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) =>
        Object.values(bundle)
          .filter((output) => output.type === 'chunk' && output.facadeModuleId?.endsWith('/words/vi.json?first'))
          .map(({ fileName }) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${fileName}`, nonce: '__NONCE__' },
            injectTo: 'head',
          })),
    },
  };
}

/** Packs each text once at build time, so that the server packs nothing. */
function packed(): Plugin {
  return {
    name: 'packed',
    enforce: 'post',
    apply: 'build',
    // After whatever else still writes into the pieces.
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const [fileName, output] of Object.entries(bundle)) {
          if (!/\.(js|css|svg|json)$/.test(fileName)) continue;
          const source = Buffer.from(output.type === 'chunk' ? output.code : output.source);
          const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(source, quality) });
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source, { level: 9 }) });
        }
      },
    },
  };
}
