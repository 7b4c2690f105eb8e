import type { Page, WebSocketRoute } from 'playwright-core';

interface Wire {
  readonly phone: WebSocketRoute;
  readonly server: WebSocketRoute;
}

/** The line between a phone and the server. Made before the phone opens a meeting. */
export class Line {
  readonly #page: Page;
  readonly #wires = new Set<Wire>();
  #isCut = false;
  #isDeaf = false;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async of(page: Page): Promise<Line> {
    const line = new Line(page);
    await page.routeWebSocket(/\/socket\.io\//, (phone) => line.#connect(phone));
    return line;
  }

  #connect(phone: WebSocketRoute): void {
    if (this.#isCut) {
      void phone.close();
      return;
    }
    const wire = { phone, server: phone.connectToServer() };
    this.#wires.add(wire);
    phone.onMessage((message) => wire.server.send(message));
    wire.server.onMessage((message) => {
      if (!this.#isDeaf) phone.send(message);
    });
  }

  /** What the phone sends arrives; no answer comes back. */
  loseAnswers(): void {
    this.#isDeaf = true;
  }

  async cut(): Promise<void> {
    this.#isCut = true;
    await this.#page.context().setOffline(true);
    for (const { phone, server } of this.#wires) await Promise.all([phone.close(), server.close()]);
    this.#wires.clear();
  }

  async restore(): Promise<void> {
    this.#isCut = false;
    this.#isDeaf = false;
    await this.#page.context().setOffline(false);
  }
}
