/** The part fan: the duty of the layer, and more for what needs it. Tells changes only. */
export class FanControl {
  private layerDuty = 0
  private duty = 0

  /** @param tell is given each new duty, 0..1 */
  constructor(private readonly tell: (duty: number) => void) {}

  /** Sets the duty of the layer that begins. */
  startLayer(duty: number): void {
    this.layerDuty = duty
    this.set(duty)
  }

  /** At least so many percent for the lines that follow, until the next call; 0 leaves the layer's duty. */
  atLeast(percent: number): void {
    this.set(Math.max(this.layerDuty, percent / 100))
  }

  private set(duty: number): void {
    if (duty !== this.duty) this.tell(duty)
    this.duty = duty
  }
}
