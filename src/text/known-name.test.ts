import { describe, expect, it } from 'vitest';
import { meantNames } from './known-name.ts';
import { nearest } from './nearest.ts';

describe('what a name may mean', () => {
  const names = ['gsm_plus', 'gsm8k', 'gsm8k_cot', 'mmlu_college_physics', 'mmlu_conceptual_physics', 'bbh'];

  it('begins with what was typed, the shortest first', () => {
    expect(meantNames('gsm', names)).toEqual(['gsm8k', 'gsm_plus', 'gsm8k_cot']);
    expect(meantNames(' GSM8 ', names)).toEqual(['gsm8k', 'gsm8k_cot']);
  });

  it('else is a slip of the keys away, else contains it', () => {
    expect(meantNames('gms8k', names)).toEqual(['gsm8k']);
    expect(meantNames('physics', names)).toEqual(['mmlu_college_physics', 'mmlu_conceptual_physics']);
    expect(meantNames('zzzz', names)).toEqual([]);
    expect(meantNames('', names)).toEqual([]);
  });

  it('is nothing when nothing is really near', () => {
    expect(nearest('e', ['a', 'b'])).toBeUndefined();
    expect(nearest('piq', ['bbh', 'arc'])).toBeUndefined();
    expect(nearest('bhb', ['bh', 'bbb'])).toBe('bh');
  });

  it('counts two letters that changed places as one slip', () => {
    expect(nearest('tset', ['train', 'test'])).toBe('test');
    expect(nearest('bhb', ['arc', 'bbh'])).toBe('bbh');
    expect(nearest('tets', ['train', 'test'])).toBe('test');
    expect(nearest('tse', ['est', 'xyz'])).toBeUndefined();
  });
});
