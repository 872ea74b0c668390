// The published types of pdfmake bring those of browsers, which change what Node's own mean; this is what is used of it.
declare module 'pdfmake' {
  export type Content =
    | string
    | { readonly text: string; readonly alignment?: 'left' | 'right' | 'center'; readonly bold?: boolean; readonly wordBreak?: 'normal' | 'break-all'; readonly fontSize?: number; readonly color?: string; readonly margin?: readonly number[] }
    | { readonly qr: string; readonly eccLevel: 'M'; readonly mode: 'octet'; readonly fit: number; readonly margin: readonly number[] }
    | { readonly stack: readonly Content[]; readonly unbreakable: true }
    | { readonly table: { readonly headerRows: number; readonly widths: readonly number[]; readonly body: readonly (readonly Content[])[] }; readonly layout: string; readonly pageBreak?: 'before' };

  export interface Definition {
    readonly pageSize: 'A4';
    readonly pageOrientation: 'portrait' | 'landscape';
    readonly pageMargins: readonly number[];
    readonly defaultStyle: { readonly font: string; readonly fontSize: number };
    readonly info: { readonly title: string; readonly creationDate: Date };
    readonly content: readonly Content[];
    readonly footer: (page: number, of: number) => readonly Content[];
  }

  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, { readonly normal: string; readonly bold: string }>>): void;
    setLocalAccessPolicy(mayRead: (path: string) => boolean): void;
    setUrlAccessPolicy(mayFetch: (url: string) => boolean): void;
    createPdf(definition: Definition): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfmake;
} // prettier-ignore

declare module 'pdfmake/js/qrEnc.js' {
  interface Rectangle {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  }
  /** Five units to a dot, where `fit` says nothing else; `padding` is the white margin, in dots. */
  const codes: {
    readonly default: {
      measure(node: { readonly qr: string; readonly eccLevel: 'M'; readonly mode: 'octet'; readonly fit?: number; readonly padding?: number }): {
        /** The ground, then each dark dot. */
        readonly _canvas: readonly Rectangle[];
        readonly _width: number;
      };
    };
  };
  export default codes;
} // prettier-ignore
