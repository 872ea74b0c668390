/** What an installation may replace: how it is called and what it looks like. */
export const brand = {
  name: 'Tinh Gọn',
  emblem: '/emblem.svg',
  colours: ['#eaf2fb', '#d3e3f4', '#a4c5e8', '#72a5dc', '#4b8bd2', '#347ac9', '#266fc0', '#1a60ab', '#14508c', '#0c3f72'],
} as const;
