/** What the made-up cameras see: somebody in front of a plain wall, who moves a little. */

const WIDTH_PX = 640;
const HEIGHT_PX = 360;
const FRAMES = 12;
const FRAMES_PER_S = 12;

/** Brightness and the two colour differences of BT.601, 0 to 255 each. */
type Colour = readonly [number, number, number];

interface Shape {
  readonly colour: Colour;
  /** Whether the point belongs to it; `nodPx` is how far the head has moved. */
  readonly holds: (x: number, y: number, nodPx: number) => boolean;
}

const WALL: Colour = [188, 131, 124];

function ellipse(centreX: number, centreY: number, radiusX: number, radiusY: number) {
  return (x: number, y: number): boolean =>
    ((x - centreX) / radiusX) ** 2 + ((y - centreY) / radiusY) ** 2 <= 1;
}

const suit = ellipse(320, 395, 195, 165);
const shirt = ellipse(320, 255, 42, 95);
const neck = ellipse(320, 225, 34, 40);
const face = ellipse(320, 150, 60, 78);
const hair = ellipse(320, 118, 68, 62);

/** From the back to the front. */
const shapes: readonly Shape[] = [
  { colour: [60, 141, 119], holds: suit },
  { colour: [226, 128, 128], holds: shirt },
  { colour: [72, 140, 116], holds: (x, y) => Math.abs(x - 320) < 9 && y > 262 && y < 345 },
  { colour: [160, 113, 149], holds: neck },
  { colour: [50, 128, 131], holds: (x, y, nodPx) => hair(x, y - nodPx) },
  { colour: [176, 112, 150], holds: (x, y, nodPx) => face(x, y - nodPx) && y - nodPx > 112 },
  { colour: [98, 112, 144], holds: (_, y) => y > 338 },
];

function colourAt(x: number, y: number, nodPx: number): Colour {
  return shapes.findLast(({ holds }) => holds(x, y, nodPx))?.colour ?? WALL;
}

function frame(index: number): Buffer<ArrayBuffer> {
  const nodPx = Math.round(3 * Math.sin((2 * Math.PI * index) / FRAMES));
  const pixels = WIDTH_PX * HEIGHT_PX;
  const planes = Buffer.alloc((pixels * 3) / 2);
  for (let y = 0; y < HEIGHT_PX; y += 1) {
    for (let x = 0; x < WIDTH_PX; x += 1) {
      const [bright, blue, red] = colourAt(x, y, nodPx);
      planes[y * WIDTH_PX + x] = bright;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const quarter = (y / 2) * (WIDTH_PX / 2) + x / 2;
      planes[pixels + quarter] = blue;
      planes[pixels + pixels / 4 + quarter] = red;
    }
  }
  return planes;
}

/** A film of one second as YUV4MPEG2, which Chromium plays over and over instead of a camera. */
export function cameraFilm(): Buffer {
  const parts: Buffer<ArrayBuffer>[] = [
    Buffer.from(`YUV4MPEG2 W${WIDTH_PX} H${HEIGHT_PX} F${FRAMES_PER_S}:1 Ip A1:1 C420\n`),
  ];
  for (let index = 0; index < FRAMES; index += 1) parts.push(Buffer.from('FRAME\n'), frame(index));
  return Buffer.concat(parts);
}
