/** The machine's end of a cable: what the virtual printer holds of a pty or of a link in memory. */
export interface DeviceEnd {
  /** Path for serial programs; undefined in memory. */
  readonly path: string | undefined
  /** Bytes to the host; lost when it doesn't read for long, as on a wire. */
  write(bytes: Uint8Array): void
  /** The one listener for bytes from the host. */
  onData(listener: (bytes: Uint8Array) => void): void
  /** Pulls the cable. */
  pull(): void
}
