/** The encoder of the library that lays out reports in PDF; it has no types of its own. */
declare module 'pdfmake/js/qrEnc.js' {
  const codes: {
    readonly default: {
      measure(node: { readonly qr: string; readonly eccLevel: 'M'; readonly mode: 'octet'; readonly padding: number }): {
        readonly _canvas: readonly { readonly x: number; readonly y: number }[];
        readonly _width: number;
      };
    };
  };
  export default codes;
}
