// The published types of pdfmake bring those of browsers, which change what Node's own mean; this is what is used of it.
declare module 'pdfmake' {
  export type Content =
    | string
    | { readonly text: string; readonly alignment?: 'left' | 'right' | 'center'; readonly bold?: boolean; readonly fontSize?: number; readonly color?: string; readonly margin?: readonly number[] }
    | { readonly qr: string; readonly eccLevel: 'M'; readonly mode: 'octet'; readonly fit: number; readonly margin: readonly number[] }
    | { readonly stack: readonly Content[]; readonly unbreakable: true }
    | { readonly table: { readonly headerRows: number; readonly widths: readonly string[]; readonly body: readonly (readonly Content[])[] }; readonly layout: string };

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
