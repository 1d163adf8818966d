import { idOf, putMessages } from '../lib/content.mjs';
import { faultsInDetails } from '../lib/failure.mjs';

const mebibyte = 1024 * 1024;
const messageBytesMax = 104 * mebibyte;
// Of a message with one chunk and nothing else: a tag and a length of four bytes each for `chunks` and for `data`.
const framingBytes = 10;
const patient = { seconds: 180 };

function assertRetryable(t, failure) {
  t.equal(failure.code, 'RESOURCE_EXHAUSTED', `refused with ${failure.message}`);
  for (const fault of faultsInDetails(failure, {})) t.ok(false, `refused: ${fault}`);
  const delay = failure.retry?.retry_delay;
  t.ok(delay && (Number(delay.seconds) > 0 || delay.nanos > 0), 'refused with a RetryInfo that names a delay');
}

export default {
  topic: 'sizes',
  cases: {
    '100 MiB go in and come out in one message': async (t) => {
      const options = { namespace: await t.namespace('sizes'), ...patient };
      const content = t.bytes('100 MiB', 100 * mebibyte);
      const id = await t.put(content, {}, options);
      const reply = await t.get(id, options);
      t.ok(content.equals(reply.data), 'the bytes come back as they went in');
      t.fields(reply.metadata, { size: String(content.length) }, 'AssetMetadata');
    },

    'a message of exactly 104 MiB is accepted': async (t) => {
      const options = { namespace: await t.namespace('sizes'), ...patient };
      await t.put(t.bytes('104 MiB', messageBytesMax - framingBytes), {}, options);
    },

    'a message of one byte more is RESOURCE_EXHAUSTED': async (t) => {
      const options = { namespace: await t.namespace('sizes'), ...patient };
      const messages = putMessages(t.bytes('too large', messageBytesMax - framingBytes + 1));
      await t.refused('AIFS.PutAsset', messages, 'RESOURCE_EXHAUSTED', { details: false }, options);
      t.fields(await t.call('Health.Check', {}), { healthy: true }, 'the server afterwards');
    },

    'more large messages at once than the budget holds: each is accepted, or refused with a retry hint': async (t) => {
      const options = { namespace: await t.namespace('sizes'), ...patient };
      const content = t.bytes('at once', 100 * mebibyte);
      const attempt = () => t.attempt('AIFS.PutAsset', putMessages(content), options);
      const outcomes = await Promise.all([attempt(), attempt(), attempt()]);
      const id = idOf(content);
      for (const { reply, failure } of outcomes) {
        if (reply) t.fields(reply, { asset_id: id }, 'accepted');
        else assertRetryable(t, failure);
      }
      t.fields(await t.call('Health.Check', {}), { healthy: true }, 'the server afterwards');
    },

    'an asset over the message limit is had without its data, and the refusal names the streaming read': async (t) => {
      const options = { namespace: await t.namespace('sizes'), ...patient };
      const content = t.bytes('110 MiB', 110 * mebibyte);
      const id = await t.putStream(putMessages(content, {}, mebibyte), content, options);
      const reply = await t.call('AIFS.GetAsset', { asset_id: id, include_data: false }, options);
      t.fields(reply.metadata, { size: String(content.length) }, 'AssetMetadata');
      const request = { asset_id: id, include_data: true };
      await t.refused('AIFS.GetAsset', request, 'RESOURCE_EXHAUSTED', { says: /stream|read/i }, options);
    },
  },
};
