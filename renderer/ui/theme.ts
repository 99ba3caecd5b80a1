import { type MantineColorsTuple, createTheme } from '@mantine/core'

/** The green of celadon ware; shade 7 carries white text, shade 4 stands on dark ground. */
const celadon: MantineColorsTuple = ['#edf5f1', '#dbeae3', '#b7d6c9', '#92c1ae', '#72ae97', '#559a81', '#387b64', '#2c6d57', '#205444', '#153c30']
/** Warm greys, as of hanji paper. */
const gray: MantineColorsTuple = ['#f8f7f4', '#f1efea', '#e6e3dc', '#d9d5cc', '#c0bbb1', '#9a958b', '#6a665e', '#4b4842', '#33312d', '#21201d']
/** Ink with a breath of green. */
const dark: MantineColorsTuple = ['#d9dbd8', '#bcc0bc', '#9ba19d', '#727975', '#474e4a', '#363c39', '#2a302d', '#1e2321', '#171b19', '#101412']
const red: MantineColorsTuple = ['#fcefec', '#f6dcd7', '#ecb6ac', '#e18d7f', '#d76b59', '#cd5341', '#c04431', '#a63625', '#87291b', '#681d12']
const yellow: MantineColorsTuple = ['#fdf6e6', '#f8eaca', '#efd595', '#e5be5c', '#dba931', '#c79521', '#a97b15', '#84600f', '#63480b', '#453107']

const FONT = '"Pretendard Variable", Pretendard, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", system-ui, sans-serif'

/** Our look: quiet paper and ink, one accent. */
export const theme = createTheme({
  colors: { celadon, gray, dark, red, yellow },
  primaryColor: 'celadon',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  white: '#fffefb',
  black: '#21201d',
  fontFamily: FONT,
  fontFamilyMonospace: '"JetBrains Mono", "D2Coding", ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Pretendard Variable", monospace',
  headings: { fontFamily: FONT, fontWeight: '650', sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' }, h2: { fontSize: '1.125rem', lineHeight: '1.35' }, h3: { fontSize: '1rem', lineHeight: '1.4' } } },
  fontSizes: { xs: '0.78rem', sm: '0.875rem', md: '0.95rem', lg: '1.08rem', xl: '1.25rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    // The placeholder would be a child of the menu that is no item of it.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    Modal: { defaultProps: { attributes: { header: { role: 'none' } }, centered: true, overlayProps: { backgroundOpacity: 0.35, blur: 2 } } },
    Drawer: { defaultProps: { attributes: { header: { role: 'none' } }, overlayProps: { backgroundOpacity: 0.25 } } },
    Paper: { defaultProps: { radius: 'lg' } },
  },
})
