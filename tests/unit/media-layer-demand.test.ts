import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LayerDemand } from '../../media/layer-demand.ts';
import { LAYER_LOWER_AFTER_MS } from '../../media/limits.ts';

let told: number[];
let demand: LayerDemand;

beforeEach(() => {
  jest.useFakeTimers();
  told = [];
  demand = new LayerDemand((_producerId, layer) => told.push(layer));
  demand.track('camera');
});
afterEach(() => {
  demand.close();
  jest.useRealTimers();
});

describe('the demand for the layers of a camera', () => {
  it('falls to the lowest layer when nobody looks, after a while', () => {
    jest.advanceTimersByTime(LAYER_LOWER_AFTER_MS - 1);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(told).toEqual([0]);
  });

  it('rises at once, and is the highest that anybody wants', () => {
    jest.advanceTimersByTime(LAYER_LOWER_AFTER_MS);
    demand.want('camera', 'phone', 0);
    demand.want('camera', 'desk', 1);
    demand.want('camera', 'projector', 2);
    expect(told).toEqual([0, 1, 2]);
    demand.drop('camera', 'projector');
    jest.advanceTimersByTime(LAYER_LOWER_AFTER_MS);
    expect(told).toEqual([0, 1, 2, 1]);
  });

  it('does not fall for a viewer who changes the tile back in time', () => {
    demand.want('camera', 'desk', 2);
    demand.want('camera', 'desk', 0);
    jest.advanceTimersByTime(LAYER_LOWER_AFTER_MS - 1);
    demand.want('camera', 'desk', 2);
    jest.advanceTimersByTime(LAYER_LOWER_AFTER_MS);
    expect(told).toEqual([]);
  });

  it('ends with the camera', () => {
    demand.forget('camera');
    demand.want('camera', 'desk', 2);
    jest.advanceTimersByTime(LAYER_LOWER_AFTER_MS);
    expect(told).toEqual([]);
  });
});
