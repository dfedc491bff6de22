import { describe, expect, it } from '@jest/globals';
import { bareName, NearName, nameWords } from './near-name.js';

describe('words of a name', () => {
  it.each([
    ['ImageDownloader', ['image', 'downloader']],
    ['image_downloader-2', ['image', 'downloader', '2']],
    ['image2', ['image', '2']],
    ['Größe (ä)', ['größe', 'ä']],
    ['!?', []],
  ])('of %s', (name, words) => {
    expect(nameWords(name)).toEqual(words);
  });

  it('are the same for names spelt otherwise', () => {
    expect(bareName('File-Read')).toBe('fileread');
  });
});

describe('the near name', () => {
  const names = new NearName([
    ...[
      'file.read',
      'file.write',
      'mail.send',
      'mail.resend',
      'order.list',
      'image.download',
      'user.subscribe',
    ],
    ...['report.v1', 'report.v2', 'bulk.mail.send'],
  ]);

  it.each([
    ['file.read', 'file.read'],
    ['FILE READ', 'file.read'],
    ['fileRead', 'file.read'],
    ['files.reading', 'file.read'],
    ['read_file', 'file.read'],
    ['write', 'file.write'],
    ['tools/file.write', 'file.write'],
    ['functions:file.write', 'file.write'],
    ['order.lists', 'order.list'],
    ['Image Downloader', 'image.download'],
    ['imgae.download', 'image.download'],
    ['image.downlod', 'image.download'],
    ['user.subscirbe', 'user.subscribe'],
    ['mail.send', 'mail.send'],
    ['Mail Send', 'mail.send'],
  ])('of %s is %s', (wanted, name) => {
    expect(names.find(wanted)).toBe(name);
  });

  it.each([
    ['file', 'a group, not a name'],
    ['send', 'the last words of two'],
    ['user.unsubscribe', 'the opposite'],
    ['report.v3', 'another number'],
    ['order.lost', 'a short word with a slip in it is another word'],
    ['sms.send', 'another first word'],
    ['', 'nothing'],
    ['!!!', 'nothing'],
    ['x'.repeat(10_000), 'too long'],
    ['__proto__', 'a member of objects'],
  ])('of %s is none: %s', (wanted) => {
    expect(names.find(wanted)).toBeNull();
  });

  it('as a whole is no part and no order of another', () => {
    const whole = new NearName(['sum-it', 'read-file'], true);
    expect(
      ['Sum It', 'sums-it', 'read-flie', 'it', 'file-read', 'x.sum-it'].map((name) => whole.find(name)),
    ).toEqual(['sum-it', 'sum-it', null, null, null, null]);
  });

  it('of two that are equally near is none', () => {
    expect(new NearName(['note.adds', 'notes.add']).find('note.add')).toBeNull();
    expect(new NearName(['a.reports', 'a.retorts']).find('a.resorts')).toBeNull();
  });
});
