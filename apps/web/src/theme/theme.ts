import { createTheme, defaultVariantColorsResolver } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { brand } from './brand';

const colours: MantineColorsTuple = [...brand.colours];

/** Too pale for words even in their darkest shade. */
const paleColours: readonly unknown[] = ['yellow', 'orange'];

export const theme = createTheme({
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  headings: { fontFamily: "'Be Vietnam Pro', system-ui, sans-serif", fontWeight: '600' },
  colors: { brand: colours },
  primaryColor: 'brand',
  primaryShade: { light: 8, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // A `header` outside of the page's landmarks would be a second one of the page.
    ModalHeader: { defaultProps: { component: 'div' } },
    DrawerHeader: { defaultProps: { component: 'div' } },
    // An alert is what was refused, which says so; the rest would interrupt whoever listens to the page.
    Alert: { defaultProps: { role: 'note' } },
  },
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input);
    // The light variant of the library has too little contrast for text on it.
    return input.variant === 'light'
      ? {
          ...resolved,
          color: paleColours.includes(input.color)
            ? 'var(--mantine-color-text)'
            : `light-dark(var(--mantine-color-${input.color ?? 'brand'}-9), var(--mantine-color-${input.color ?? 'brand'}-1))`,
        }
      : resolved;
  },
});

/** Darker words where the library's are too pale to read. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-placeholder': '#5c636a',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#14508c',
  },
  dark: {
    '--mantine-color-dimmed': '#b3bac2',
    '--mantine-color-placeholder': '#b3bac2',
    '--mantine-color-error': '#ff9b91',
    '--mantine-color-anchor': '#a4c5e8',
    // The colour of the words on it is the one for the light look.
    '--mantine-color-red-filled': 'var(--mantine-color-red-8)',
    '--mantine-color-red-filled-hover': 'var(--mantine-color-red-9)',
  },
});
