/** Where the host takes WebSockets. */
export const SOCKET_PATH = '/studio'
/** The subprotocol that the host chooses. */
export const SOCKET_PROTOCOL = 'gongbang.1'
/** A second subprotocol carries the token, so that it stands in no address and in no log. */
export const SOCKET_TOKEN_PREFIX = 'gongbang.token.'
/** The fragment of the address that the host prints: `#token=<64 hex digits>`; the window takes it out of the address. */
export const TOKEN_FRAGMENT = 'token'
